/**
 * CoDel, controlled delay: drops calls, ever faster, while none gets through in less than a target.
 *
 * A long queue is not the sign of overload, for bursts make long queues that drain; a queue in which
 * even the shortest wait of a whole interval is above the target is standing, and only dropping
 * helps. Calls are dropped as they are taken out, so the sign reaches their callers at once.
 */
import { duration } from "../../schema/fields.ts";
import type { Duration } from "../../kernel/time.ts";
import { NONE } from "../calls.ts";
import { Chain } from "./chain.ts";
import { discipline, type DisciplineContext, type Queue } from "./discipline.ts";

export const codel = discipline({
  kind: "codel",
  summary: "First in, first out; drops calls while even the shortest wait stays above a target.",
  source: "Nichols and Jacobson, Controlled Delay Active Queue Management, RFC 8289, section 5",
  notes:
    "The first drop comes when the wait has been above the target for an interval, the n-th follows after interval/√n. As in the source, with one call for a packet of full size, nothing is dropped while at most one other call waits.",
  options: {
    target: duration("Wait that is acceptable for good.").prefault("5 ms"),
    interval: duration("Time over which the shortest wait is watched.", { min: 1 }).prefault(
      "100 ms",
    ),
  },
  create: (options, context) => new CodelQueue(options, context),
});

interface Settings {
  readonly target: Duration;
  readonly interval: Duration;
}

/** The names are those of the source. */
class CodelQueue implements Queue {
  readonly expelled: Chain;
  readonly interrupts = null;
  private readonly waiting: Chain;
  private readonly settings: Settings;
  private readonly context: DisciplineContext;
  /** When the wait will have been above the target for an interval [ns]; 0 while it is below. */
  private firstAboveTime: Duration = 0;
  /** Whether the call last looked at may be dropped. */
  private okToDrop = false;
  private dropping = false;
  private dropNext: Duration = 0;
  /** Drops since dropping began, and at the time it last began. */
  private count = 0;
  private lastCount = 0;

  constructor(settings: Settings, context: DisciplineContext) {
    this.settings = settings;
    this.context = context;
    this.waiting = new Chain(context.links);
    this.expelled = new Chain(context.links);
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call);
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }

  shift(): number {
    const { now } = this.context.clock;
    const call = this.look(now);
    if (this.dropping) return this.goOn(call, now);
    return this.okToDrop ? this.begin(call, now) : call;
  }

  /** Takes out the oldest call, and judges whether it may be dropped. */
  private look(now: Duration): number {
    const call = this.waiting.shift();
    this.okToDrop = false;
    const isShort =
      call === NONE ||
      now - this.context.waitingSince(call) < this.settings.target ||
      this.waiting.length <= 1;
    if (isShort) this.firstAboveTime = 0;
    else if (this.firstAboveTime === 0) this.firstAboveTime = now + this.settings.interval;
    else this.okToDrop = now >= this.firstAboveTime;
    return call;
  }

  /** Dropping: one call for every drop that is due, until a wait is short again. */
  private goOn(call: number, now: Duration): number {
    if (!this.okToDrop) this.dropping = false;
    while (this.dropping && now >= this.dropNext) {
      this.expelled.push(call);
      this.count++;
      call = this.look(now);
      if (this.okToDrop) this.dropNext = this.controlLaw(this.dropNext);
      else this.dropping = false;
    }
    return call;
  }

  /** Begins to drop; at the rate that was needed last time, if that is not long ago. */
  private begin(call: number, now: Duration): number {
    this.expelled.push(call);
    const next = this.look(now);
    this.dropping = true;
    const dropped = this.count - this.lastCount;
    const isRecent = now - this.dropNext < 16 * this.settings.interval;
    this.count = dropped > 1 && isRecent ? dropped : 1;
    this.dropNext = this.controlLaw(now);
    this.lastCount = this.count;
    return next;
  }

  private controlLaw(from: Duration): Duration {
    return from + this.settings.interval / Math.sqrt(this.count);
  }
}
