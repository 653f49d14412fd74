/**
 * memcached's segmented LRU: newcomers must prove themselves before they push anybody out.
 *
 *     new -> HOT --- tail: active --> WARM --- tail: active --> WARM again
 *             '--- tail: not -.        '--- tail: not -.
 *                             '-------> COLD <---------'      COLD, used again -> WARM
 *                                        '-> evicted
 *
 * The first use after it came is noted, the second makes an item active; one in COLD then moves to
 * WARM at once. HOT and WARM pass on what is beyond their share, and what is older than a multiple of
 * the age of COLD's tail.
 */
import { SECOND } from "../../kernel/time.ts";
import { factor, share } from "../../schema/fields.ts";
import { withRoomFor } from "../caches/keyTable.ts";
import { replacement, type Replacement, type ReplacementContext } from "./replacement.ts";
import { Ring } from "./ring.ts";

export const segmentedLru = replacement({
  kind: "segmented-lru",
  summary: "Evicts as memcached does: from a cold segment, where items used twice do not stay.",
  source: "memcached/memcached, items.c (lru_pull_tail, do_item_bump) and memcached.c (defaults)",
  notes:
    "One slab class. What memcached's maintainer thread does now and then happens here whenever an item comes.",
  options: {
    hot: share("Most of the cache that new items may take before they are looked at.").prefault(
      "20 %",
    ),
    warm: share("Most of the cache that items used again may take.").prefault("40 %"),
    "hot-age": factor("Age at which an item leaves hot, in ages of the coldest item.", {
      min: 0,
      max: 1000,
    }).prefault(0.2),
    "warm-age": factor("Age at which an item leaves warm, in ages of the coldest item.", {
      min: 0,
      max: 1000,
    }).prefault(2),
  },
  check: ({ hot, warm }) =>
    hot + warm > 1 ? [{ path: ["warm"], message: "hot and warm are more than the cache" }] : [],
  create: (options, context) => new SegmentedLru(options, context),
});

/** What is known of an item's uses: none, one, or enough to be active. */
const FETCHED = 1;
const ACTIVE = 2;

const HOT = 0;
const WARM = 1;
const COLD = 2;

interface Options {
  readonly hot: number;
  readonly warm: number;
  readonly "hot-age": number;
  readonly "warm-age": number;
}

class SegmentedLru implements Replacement {
  private readonly clock: ReplacementContext["clock"];
  /** Most of the items in HOT and in WARM [0 to 1] -- constant. */
  private readonly shares: readonly [number, number];
  /** When an item leaves them [ages of the coldest] -- constant. */
  private readonly ages: readonly [number, number];
  private readonly rings = [new Ring(), new Ring(), new Ring()] as const;
  private flags = new Uint8Array(16);
  private segments = new Uint8Array(16);
  /** Second of the last use. */
  private usedAt = new Float64Array(16);

  constructor(options: Options, { clock }: ReplacementContext) {
    this.clock = clock;
    this.shares = [options.hot, options.warm];
    this.ages = [options["hot-age"], options["warm-age"]];
  }

  enter(slot: number): void {
    this.flags = withRoomFor(this.flags, slot);
    this.segments = withRoomFor(this.segments, slot);
    this.usedAt = withRoomFor(this.usedAt, slot);
    this.flags[slot] = 0;
    this.usedAt[slot] = this.second();
    this.join(slot, HOT);
    this.balance();
  }

  use(slot: number): void {
    const flags = this.flags[slot]!;
    if (flags & ACTIVE) return;
    if (!(flags & FETCHED)) {
      this.flags[slot] = FETCHED;
      return;
    }
    this.usedAt[slot] = this.second();
    if (this.segments[slot] !== COLD) this.flags[slot] = FETCHED | ACTIVE;
    else this.move(slot, WARM);
  }

  leave(slot: number): void {
    this.rings[this.segments[slot] as 0 | 1 | 2].leave(slot);
  }

  /** The coldest; a cache too small for a cold segment gives the oldest of the others. */
  victim(): number {
    const [hot, warm, cold] = this.rings;
    return cold.oldest || hot.oldest || warm.oldest;
  }

  clear(): void {
    for (const ring of this.rings) ring.clear();
  }

  private balance(): void {
    const [hot, warm, cold] = this.rings;
    const total = hot.size + warm.size + cold.size;
    const age = cold.size === 0 ? 0 : this.second() - this.usedAt[cold.oldest]!;
    this.pull(HOT, total, age);
    this.pull(WARM, total, age);
  }

  /** Moves on from the tail of a segment until it keeps its bounds. */
  private pull(segment: 0 | 1, total: number, coldAge: number): void {
    const ring = this.rings[segment];
    const sizeMax = Math.floor(total * this.shares[segment]);
    const oldestMax = coldAge * this.ages[segment];
    for (let tail = ring.oldest; tail !== 0; tail = ring.oldest) {
      if (this.flags[tail]! & ACTIVE) {
        this.flags[tail]! &= ~ACTIVE;
        this.move(tail, WARM);
      } else {
        const tooOld = this.second() - this.usedAt[tail]! > oldestMax;
        if (ring.size <= sizeMax && !tooOld) return;
        this.move(tail, COLD);
      }
    }
  }

  private move(slot: number, segment: 0 | 1 | 2): void {
    this.leave(slot);
    this.join(slot, segment);
  }

  private join(slot: number, segment: 0 | 1 | 2): void {
    this.segments[slot] = segment;
    this.rings[segment].enter(slot);
  }

  private second(): number {
    return Math.floor(this.clock.now / SECOND);
  }
}
