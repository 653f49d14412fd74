/**
 * The course of one rollout: it waits its turn, is watched while it goes on, and ends with the new
 * version or with the old one.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { seconds, type Steward } from "../fleet.ts";
import type { Entry } from "../journal.ts";
import type { Histogram } from "../../statistics/histogram.ts";
import type { Percentile, RollBackSpec, RolloutContext } from "./rollout.ts";
import type { Tally } from "./versions.ts";

const shares: Record<Percentile, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

export interface CourseOptions {
  readonly at: Duration;
  readonly "roll-back-if"?: RollBackSpec | undefined;
  readonly deadline: Duration;
  readonly "on-deadline": "report" | "roll-back";
}

/** One way of going about it. */
export interface Way extends Steward {
  /** How it goes about it, for the journal. */
  readonly plan: string;
  /** Goes back to the old version; calls `ended` when that is all there is. */
  rollBack(): void;
}

export class Course {
  readonly context: RolloutContext;
  /** What ran before. */
  oldVersion = 0;
  private readonly options: CourseOptions;
  private way: Way | null = null;
  private entry: Entry | null = null;
  private isGoingBack = false;
  private progressAt: Duration = 0;
  /** It waits because it is meant to -- state. */
  holds = false;

  constructor(options: CourseOptions, context: RolloutContext, begin: (course: Course) => Way) {
    this.options = options;
    this.context = context;
    context.agenda.at(options.at, () => this.beginWhenFree(begin));
  }

  private beginWhenFree(begin: (course: Course) => Way): void {
    const { agenda, fleet, journal } = this.context;
    if (fleet.steward !== null) return agenda.after(SECOND, () => this.beginWhenFree(begin));
    this.oldVersion = fleet.version;
    const way = begin(this);
    this.way = way;
    const reason = `${this.newName} in place of ${this.oldName} on ${fleet.desired} instances; ${way.plan}`;
    const { part } = fleet.options;
    this.entry = journal.note({ plane: "fate", part, what: "rollout", reason });
    fleet.steward = way;
    this.progressed();
    this.watchProgress();
    this.watchCalls();
    way.meet("rollout");
  }

  get newName(): string {
    return this.context.versions.nameOf(this.context.version);
  }

  get oldName(): string {
    return this.context.versions.nameOf(this.oldVersion);
  }

  /** Tells of a decision. */
  note(what: string, reason: string): void {
    const { part } = this.context.fleet.options;
    this.context.journal.note({ plane: "scaling", part, what, reason });
  }

  /** Something has come nearer to its end. */
  progressed(): void {
    this.progressAt = this.context.agenda.now;
  }

  /** Nothing is left to do: one version is all there is, or all that counts. */
  ended(): void {
    const { fleet, agenda, version } = this.context;
    fleet.version = this.isGoingBack ? this.oldVersion : version;
    fleet.steward = null;
    this.entry!.until = agenda.now;
    const took = `after ${seconds(agenda.now - this.entry!.at)}`;
    if (this.isGoingBack) this.note("rolled back", `${this.oldName} everywhere ${took}`);
    else this.note("rolled out", `${this.newName} everywhere ${took}`);
    fleet.meetDesired("rollout over");
  }

  /** Whether nothing can change any more. */
  get isOver(): boolean {
    return this.entry?.until !== null;
  }

  rollBack(reason: string): void {
    if (this.isOver || this.isGoingBack) return;
    this.isGoingBack = true;
    this.note("rolling back", `${reason}: back to ${this.oldName}`);
    this.progressed();
    this.way!.rollBack();
  }

  private watchProgress(): void {
    const { agenda } = this.context;
    const { deadline, "on-deadline": then } = this.options;
    agenda.after(this.progressAt + deadline - agenda.now, () => {
      if (this.isOver || this.isGoingBack) return;
      if (this.holds) this.progressed();
      if (agenda.now - this.progressAt < deadline) return this.watchProgress();
      const reason = `no progress for ${seconds(deadline)}`;
      if (then === "roll-back") this.rollBack(reason);
      else this.note("rollout stuck", `${reason}; it goes on`);
    });
  }

  private watchCalls(): void {
    const { "roll-back-if": rule } = this.options;
    if (rule === undefined) return;
    const { agenda, versions, version } = this.context;
    const times = rule.percentile === undefined ? null : versions.watchTimes(version);
    let before = { ...versions.tally(version) };
    let bad = 0;
    const look = () => {
      if (this.isOver || this.isGoingBack) return;
      const now = { ...versions.tally(version) };
      const verdict = judge(difference(now, before), times, rule);
      before = now;
      times?.reset();
      bad = verdict === null ? 0 : bad + 1;
      if (verdict !== null && bad >= rule.windows) this.rollBack(`${this.newName}: ${verdict}`);
      else agenda.after(rule.window, look);
    };
    agenda.after(rule.window, look);
  }
}

function difference(now: Tally, before: Tally): Tally {
  return {
    calls: now.calls - before.calls,
    failed: now.failed - before.failed,
    time: now.time - before.time,
  };
}

/** What is wrong with a window; null if nothing is, or too little is known. */
function judge(
  { calls, failed, time }: Tally,
  times: Histogram | null,
  rule: RollBackSpec,
): string | null {
  const { "error-rate-above": most = 1, "latency-above": longest = Infinity, window } = rule;
  if (calls < rule.calls) return null;
  const within = `${calls} calls in ${seconds(window)}`;
  if (failed / calls > most)
    return `${percent(failed / calls)} of ${within} failed, above ${percent(most)}`;
  const { percentile } = rule;
  const took = percentile === undefined ? time / calls : times!.quantile(shares[percentile])!;
  const how = percentile === undefined ? "on average" : `at ${percentile}`;
  if (took > longest)
    return `${milliseconds(took)} ${how} of ${within}, above ${milliseconds(longest)}`;
  return null;
}

function percent(share: number): string {
  return `${Math.floor(share * 1000 + 0.5) / 10} %`;
}

function milliseconds(time: Duration): string {
  return `${Math.floor(time / 1e5 + 0.5) / 10} ms`;
}
