/**
 * Redis's approximate eviction: a few items are drawn, the worst drawn so far are remembered from one
 * eviction to the next in a small pool, and the worst of the pool goes.
 *
 *     position   0    1    2   …  filled - 1           "idle" is how long an item was not used, or
 *     idle       3    8    8   …  120    <- goes next  for LFU how far its counter is from the top
 *
 * As in Redis, what stands in the pool is as old as it was when it was drawn; an item may stand
 * there twice; one that has gone meanwhile is passed over.
 */
import type { Random } from "../../kernel/random.ts";

/** A slot in the pool whose item has gone. */
const GHOST = 0;

export class EvictionPool {
  private readonly places: number;
  private readonly samples: number;
  private readonly capacity: number;
  private readonly random: Random;
  private readonly idleOf: (slot: number) => number;
  private readonly slots: Int32Array;
  private readonly idle: Float64Array;
  private filled = 0;

  /** @param idleOf how much an item deserves to go. */
  constructor(
    { samples, pool }: { samples: number; pool: number },
    { capacity, random }: { capacity: number; random: Random },
    idleOf: (slot: number) => number,
  ) {
    this.samples = samples;
    this.places = pool;
    this.capacity = capacity;
    this.random = random;
    this.idleOf = idleOf;
    this.slots = new Int32Array(pool);
    this.idle = new Float64Array(pool);
  }

  /** Draws, and tells the worst of the pool. */
  victim(): number {
    for (;;) {
      for (let drawn = 0; drawn < this.samples; drawn++) {
        const slot = 1 + this.random.below(this.capacity);
        this.offer(slot, this.idleOf(slot));
      }
      while (this.filled > 0) {
        const worst = this.slots[--this.filled]!;
        if (worst !== GHOST) return worst;
      }
    }
  }

  /** An item has gone. */
  forget(slot: number): void {
    for (let place = 0; place < this.filled; place++) {
      if (this.slots[place] === slot) this.slots[place] = GHOST;
    }
  }

  clear(): void {
    this.filled = 0;
  }

  /** Before the first that is as idle or more; a full pool drops its least idle for it, if that is another. */
  private offer(slot: number, idle: number): void {
    let place = 0;
    while (place < this.filled && this.idle[place]! < idle) place++;
    if (this.filled < this.places) {
      this.slots.copyWithin(place + 1, place, this.filled);
      this.idle.copyWithin(place + 1, place, this.filled);
      this.filled++;
    } else {
      if (place === 0) return;
      place--;
      this.slots.copyWithin(0, 1, place + 1);
      this.idle.copyWithin(0, 1, place + 1);
    }
    this.slots[place] = slot;
    this.idle[place] = idle;
  }
}
