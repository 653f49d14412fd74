/**
 * Redis's allkeys-lfu: of a few items drawn at random, the one used least often makes room.
 *
 * Uses are counted in eight bits: a counter c goes up with probability 1 / ((c - 5) · factor + 1), so
 * it grows with the logarithm of the uses, and goes down by one for each decay time since the last.
 */
import { MINUTE } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { withRoomFor } from "../caches/keyTable.ts";
import { EvictionPool } from "./evictionPool.ts";
import { replacement, type Replacement, type ReplacementContext } from "./replacement.ts";

export const sampledLfu = replacement({
  kind: "sampled-lfu",
  summary: "Draws a few items and evicts the one used least often, as Redis does (allkeys-lfu).",
  source:
    "redis/redis, src/evict.c; defaults of redis.conf (maxmemory-samples 5, lfu-log-factor 10, lfu-decay-time 1)",
  notes:
    "With factor 10 the counter stands near 10 after 100 uses, 18 after 1,000, 142 after 100,000, 255 after a million.",
  options: {
    samples: count("Items drawn for each eviction.", { min: 1, max: 64 }).default(5),
    pool: count("Candidates remembered from one eviction to the next.", {
      min: 1,
      max: 1024,
    }).default(16),
    "log-factor": count("How much harder each further step of the counter is.").default(10),
    "decay-time": duration(
      "Time without a use that takes one off the counter; 0 s for none.",
    ).prefault("1 min"),
  },
  create: (options, context) => new SampledLfu(options, context),
});

/** What a new item starts with, so that it is not the next to go. */
const START = 5;
const TOP = 255;

/** A counter after one more use. @param draw uniform on [0, 1). */
export function counted(counter: number, logFactor: number, draw: number): number {
  const odds = Math.max(0, counter - START) * logFactor + 1;
  return counter < TOP && draw * odds < 1 ? counter + 1 : counter;
}

interface Options {
  readonly samples: number;
  readonly pool: number;
  readonly "log-factor": number;
  readonly "decay-time": number;
}

class SampledLfu implements Replacement {
  private readonly options: Options;
  private readonly context: ReplacementContext;
  private readonly pool: EvictionPool;
  private counters = new Uint8Array(16);
  /** Minute of the last use. */
  private usedAt = new Float64Array(16);

  constructor(options: Options, context: ReplacementContext) {
    this.options = options;
    this.context = context;
    this.pool = new EvictionPool(options, context, (slot) => TOP - this.decayed(slot));
  }

  enter(slot: number): void {
    this.counters = withRoomFor(this.counters, slot);
    this.usedAt = withRoomFor(this.usedAt, slot);
    this.counters[slot] = START;
    this.usedAt[slot] = this.minute();
  }

  use(slot: number): void {
    const draw = this.context.random.next();
    this.counters[slot] = counted(this.decayed(slot), this.options["log-factor"], draw);
    this.usedAt[slot] = this.minute();
  }

  leave(slot: number): void {
    this.pool.forget(slot);
  }

  victim(): number {
    return this.pool.victim();
  }

  clear(): void {
    this.pool.clear();
  }

  private decayed(slot: number): number {
    const decay = this.options["decay-time"];
    const idle = (this.minute() - this.usedAt[slot]!) * MINUTE;
    const periods = decay === 0 ? 0 : Math.floor(idle / decay);
    return Math.max(0, this.counters[slot]! - periods);
  }

  private minute(): number {
    return Math.floor(this.context.clock.now / MINUTE);
  }
}
