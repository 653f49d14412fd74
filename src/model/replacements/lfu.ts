/**
 * Least frequently used: the item with the fewest uses makes room, of several the one not used for
 * longest.
 *
 * Items stand in a binary heap, the next to go on top; a use moves one down, which costs O(log n) at
 * worst and nothing for those that are used most.
 */
import { flag } from "../../schema/fields.ts";
import { KeyTable, NO_SLOT, withRoomFor } from "../caches/keyTable.ts";
import { replacement, type Replacement } from "./replacement.ts";

export const lfu = replacement({
  kind: "lfu",
  summary: "Evicts the item that was used least often, of several the one not used for longest.",
  source: "Breslau, Cao, Fan, Phillips, Shenker, IEEE INFOCOM 1999 (in-cache and perfect LFU)",
  notes:
    "Counts never age: what was popular once stays. With history it holds the most popular items in the long run, save that one place is always that of the last item fetched, as popular or not; without, whatever gathered uses first.",
  options: {
    history: flag(
      "Remember how often an item was used while it is not kept (perfect LFU); takes memory for every item ever kept.",
    ).default(false),
  },
  create: ({ history }) => new LeastFrequentlyUsed(history ? new History() : null),
});

class LeastFrequentlyUsed implements Replacement {
  private readonly history: History | null;
  private size = 0;
  /** Orders uses that are as many [uses of anything] -- state. */
  private turn = 0;
  private keys = new Float64Array(16);
  private uses = new Float64Array(16);
  private lastUse = new Float64Array(16);
  /** Slots: heap[1] goes first; the parent of heap[i] is heap[i >> 1]. */
  private heap = new Int32Array(16);
  private place = new Int32Array(16);

  constructor(history: History | null) {
    this.history = history;
  }

  enter(slot: number, key: number): void {
    this.makeRoom(slot);
    this.keys[slot] = key;
    this.uses[slot] = 1 + (this.history?.recall(key) ?? 0);
    this.lastUse[slot] = ++this.turn;
    this.size++;
    this.rise(slot, this.size);
  }

  use(slot: number): void {
    this.uses[slot]!++;
    this.lastUse[slot] = ++this.turn;
    this.sink(slot, this.place[slot]!);
  }

  leave(slot: number): void {
    this.history?.note(this.keys[slot]!, this.uses[slot]!);
    const hole = this.place[slot]!;
    const last = this.heap[this.size--]!;
    if (last === slot) return;
    this.rise(last, hole);
    this.sink(last, this.place[last]!);
  }

  victim(): number {
    return this.heap[1]!;
  }

  clear(): void {
    this.size = 0;
    this.history?.clear();
  }

  private goesBefore(one: number, other: number): boolean {
    const more = this.uses[one]! - this.uses[other]!;
    return more === 0 ? this.lastUse[one]! < this.lastUse[other]! : more < 0;
  }

  private rise(slot: number, place: number): void {
    while (place > 1 && this.goesBefore(slot, this.heap[place >> 1]!)) {
      this.stand(this.heap[place >> 1]!, place);
      place >>= 1;
    }
    this.stand(slot, place);
  }

  private sink(slot: number, place: number): void {
    for (;;) {
      let child = 2 * place;
      if (child > this.size) break;
      if (child < this.size && this.goesBefore(this.heap[child + 1]!, this.heap[child]!)) child++;
      if (!this.goesBefore(this.heap[child]!, slot)) break;
      this.stand(this.heap[child]!, place);
      place = child;
    }
    this.stand(slot, place);
  }

  private stand(slot: number, place: number): void {
    this.heap[place] = slot;
    this.place[slot] = place;
  }

  private makeRoom(slot: number): void {
    if (slot < this.keys.length) return;
    this.keys = withRoomFor(this.keys, slot);
    this.uses = withRoomFor(this.uses, slot);
    this.lastUse = withRoomFor(this.lastUse, slot);
    this.heap = withRoomFor(this.heap, slot);
    this.place = withRoomFor(this.place, slot);
  }
}

/** How often keys had been used when they left. */
class History {
  private readonly table = new KeyTable();
  private uses = new Float64Array(16);

  recall(key: number): number {
    const slot = this.table.find(key);
    return slot === NO_SLOT ? 0 : this.uses[slot]!;
  }

  note(key: number, uses: number): void {
    const known = this.table.find(key);
    const slot = known === NO_SLOT ? this.table.add(key) : known;
    this.uses = withRoomFor(this.uses, slot);
    this.uses[slot] = uses;
  }

  clear(): void {
    this.table.clear();
  }
}
