/**
 * A run without events: chunk after chunk of simulated time, each station serves all that comes to
 * it in the chunk before the next station begins.
 *
 *                      chunk     chunk     chunk      a chunk never crosses a reading
 *     source          |.......->|.......->|
 *     station 0       |   |.....->|       |           within a chunk: everything born, then
 *     station 1       |      |....->|     |           everything that comes to station 0, then …
 *                                        reading
 *
 * It is exact where requests only ever go forward and nothing interrupts them: `conditions.ts` and
 * `plan.ts` say when. It draws the same numbers from the same streams as events would, in the same
 * order, and gives the same record; all times are whole and sums exact, so nothing depends on the
 * order in which they are added.
 */
import { assert } from "../../kernel/assert.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Census } from "../parties.ts";
import { LimitReached } from "../../kernel/limit.ts";
import { OK, TIMED_OUT } from "../outcomes.ts";
import type { Part, PartReading } from "../parts/part.ts";
import type { World } from "../world.ts";
import type { Plan } from "./plan.ts";

/** Births in a chunk to aim at: enough to pay for going round, few enough to stay in the cache. */
const BIRTHS = 2048;
/** Length of the first chunk [ns]. */
const FIRST_CHUNK: Duration = 1e5;

export interface Stretch {
  readonly duration: Duration;
  readonly warmUp: Duration;
  readonly window: Duration;
}

export class Express {
  private readonly plan: Plan;
  private readonly world: World;
  private readonly parts: readonly Part[];
  private readonly stretch: Stretch;
  /** Everything before this instant has happened [ns] -- state. */
  private clock: Duration = 0;
  /** The next reading [ns], and the first instant that does not count for it -- state. */
  private reading: Duration = 0;
  private period: Duration = 0;
  private chunk: Duration = FIRST_CHUNK;
  /** What stations last read of themselves, by part number. */
  private readonly readings: Partial<PartReading>[] = [];
  /** Of all that has happened, what the kernel has been told of [events] -- state. */
  private told = 0;

  constructor(plan: Plan, world: World, parts: readonly Part[], stretch: Stretch) {
    this.plan = plan;
    this.world = world;
    this.parts = parts;
    this.stretch = stretch;
  }

  open(): void {
    this.plan.source.open();
    this.beginPeriod();
  }

  /** Lets everything happen up to and including an instant; readings are taken by the kernel. */
  run(until: Duration): void {
    const { kernel } = this.world;
    while (this.clock <= until) {
      this.serve(Math.min(this.period, until + 1, this.clock + this.chunk));
      if (this.clock < this.period) continue;
      this.settle();
      kernel.run(this.reading);
      if (this.reading < this.stretch.duration) this.beginPeriod();
    }
    kernel.run(until);
  }

  /** What a part's own instruments do not show; nothing for a part without slots. */
  readingOf(part: Part): Partial<PartReading> {
    return this.readings[part.number] ?? {};
  }

  /** What is in flight, counted from the records. */
  census(): Census {
    const { requests, ledger, stations } = this.plan;
    const present = stations.reduce((sum, station) => sum + station.present, 0);
    assert(
      present === requests.live,
      () => `${requests.live} requests are in flight, ${present} are at stations`,
    );
    const calls = new Float64Array(this.parts.length);
    for (const { number } of this.parts) {
      const { arrived, resolved } = this.world.exchange.countsOf(number);
      calls[number] = resolved.reduce((rest, count) => rest - count, arrived);
    }
    return { requests: requests.live - ledger.abandoned, calls };
  }

  /** Calls by the part they are at, with those whose client has gone [calls]. */
  workAtParts(): Float64Array {
    const atParts = new Float64Array(this.parts.length);
    for (const { part, present } of this.plan.stations) atParts[part] = present;
    return atParts;
  }

  private beginPeriod(): void {
    const { stretch, reading: last } = this;
    this.reading = nextReading(last, stretch);
    // Like events, what happens at the last instant still counts.
    this.period = this.reading === stretch.duration ? this.reading + 1 : this.reading;
    this.plan.ledger.beginPeriod(this.period);
    for (const station of this.plan.stations) station.beginPeriod();
  }

  private serve(until: Duration): void {
    const { source, stations, requests, exits, ledger } = this.plan;
    const before = source.born;
    source.run(until);
    for (const station of stations) station.run(this.clock, until);
    for (const exit of exits) ledger.settle(exit);
    this.adjust(source.born - before, until - this.clock);
    this.clock = until;
    this.tell();
    if (requests.live > this.world.calls.most)
      throw new LimitReached(`${this.world.calls.most} calls in flight`);
  }

  /** Longer chunks if few were born, shorter ones if many. */
  private adjust(births: number, length: Duration): void {
    if (length < this.chunk) return; // a reading cut it short
    const wanted = (length * BIRTHS) / Math.max(births, 1);
    this.chunk = Math.floor(Math.min(Math.max(wanted, length / 4), length * 4)) + 1;
    for (const station of this.plan.stations) station.follow(this.chunk);
  }

  /** Counts what would have been events: births, ends of work, and time-outs. */
  private tell(): void {
    const { source, stations, ledger } = this.plan;
    const happened = stations.reduce((sum, { left }) => sum + left, source.born + ledger.gaveUp);
    this.world.kernel.executed += happened - this.told;
    this.told = happened;
  }

  /** Brings every count up to the reading. */
  private settle(): void {
    const { stations, caches } = this.plan;
    for (const station of stations) this.readings[station.part] = station.read(this.reading);
    for (const cache of caches) cache.tally();
    this.count();
  }

  private count(): void {
    const { exchange } = this.world;
    const { legs, exits, ledger } = this.plan;
    for (const { number } of this.parts) {
      exchange.countsOf(number).arrived = 0;
      exchange.countsOf(number).resolved.fill(0);
    }
    for (const leg of legs)
      leg.tally((part, requests) => (exchange.countsOf(part).arrived += requests));
    for (const { parts, answered, late } of exits) {
      for (const part of parts) exchange.countsOf(part).resolved[OK]! += answered;
      exchange.countsOf(parts[0]!).resolved[OK]! -= late;
    }
    ledger.timedOut.forEach((requests, requestClass) => {
      const [entry] = this.plan.entries[requestClass]!.parts;
      exchange.countsOf(entry!).resolved[TIMED_OUT]! += requests;
    });
  }
}

/** The end of the window, of the warm-up or of the run, whichever is first. */
function nextReading(after: Duration, { duration, warmUp, window }: Stretch): Duration {
  const windowEnd = (Math.floor(after / window) + 1) * window;
  const next = warmUp > after ? Math.min(warmUp, windowEnd) : windowEnd;
  return Math.min(next, duration);
}
