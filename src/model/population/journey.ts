/**
 * A session: steps taken one after another, each a request whose answer is waited for and looked at.
 *
 *     begin -> ask -> answered -> thinks -> ask -> … -> leaves: completed
 *                        '- too slow, or wrong --------> leaves: abandoned
 *
 * Where a user goes next depends on the step alone: a Markov chain, with leaving as its last state.
 */
import type { EventKind, Kernel } from "../../kernel/kernel.ts";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { distributions, type Distribution } from "../../statistics/distributions/index.ts";
import { NONE } from "../calls.ts";
import { OK, type Outcome } from "../outcomes.ts";
import type { World } from "../world.ts";
import type { JourneySpec } from "./journeySpec.ts";
import { SHORTEST_ROUND, type Asker, type Turnout, type Visit } from "./population.ts";
import { SessionMeter, type SessionCounts } from "./sessionMeter.ts";

/** One step; its number is that of its class in the workload. */
interface Step {
  readonly think: Distribution;
  /** Steps that may follow, and the upper ends of their stretches of [0, 1). */
  readonly targets: readonly number[];
  readonly until: readonly number[];
}

export interface JourneyContext {
  readonly world: World;
  readonly workload: string;
  /** Instant from which sessions count as measured [ns]. */
  readonly measuredFrom: Duration;
}

export class Journey implements Visit {
  /** Set once it exists: it needs the visit, the visit needs it. */
  turnout!: Turnout;
  readonly meter = new SessionMeter();
  private readonly asker: Asker;
  private readonly kernel: Kernel;
  private readonly random: Random;
  private readonly steps: readonly Step[];
  private readonly start: number;
  private readonly slowerThan: Duration;
  private readonly chance: number;
  private readonly afterError: number;
  private readonly measuredFrom: Duration;
  private readonly askDue: EventKind;
  /** The step each user is at, and whether the session is measured, by user. */
  private readonly at: number[] = [];
  private readonly measured: boolean[] = [];

  constructor(spec: JourneySpec, asker: Asker, { world, workload, measuredFrom }: JourneyContext) {
    const names = Object.keys(spec.steps);
    this.asker = asker;
    this.kernel = world.kernel;
    this.random = world.stream(workload, "journey");
    this.measuredFrom = measuredFrom;
    this.start = spec.start === undefined ? 0 : names.indexOf(spec.start);
    this.slowerThan = spec.abandon["slower-than"] ?? Infinity;
    this.chance = spec.abandon.chance;
    this.afterError = spec.abandon["after-error"];
    this.steps = Object.entries(spec.steps).map(([name, { think, next }]) => {
      const random = world.stream(workload, `think of ${name}`);
      const targets = Object.keys(next).map((each) => names.indexOf(each));
      return { think: make(distributions, think, { random }), targets, until: sums(next) };
    });
    this.askDue = world.kernel.on((user) => asker.ask(this.at[user]!, user));
  }

  begin(user: number): void {
    this.at[user] = this.start;
    this.measured[user] = this.kernel.now >= this.measuredFrom;
    this.meter.count("started", this.measured[user]);
    this.asker.ask(this.start, user);
  }

  answered(user: number, outcome: Outcome, latency: Duration): void {
    const failed = outcome !== OK;
    if (this.gives(failed ? this.afterError : latency > this.slowerThan ? this.chance : 0)) {
      return this.leave(user, "abandoned");
    }
    const step = this.steps[this.at[user]!]!;
    const next = failed ? this.at[user]! : this.drawNext(step);
    if (next === NONE) return this.leave(user, "completed");
    this.at[user] = next;
    const pause = step.think.sample();
    this.askDue.after(latency === 0 ? Math.max(pause, SHORTEST_ROUND) : pause, user);
  }

  private leave(user: number, how: keyof SessionCounts): void {
    this.meter.count(how, this.measured[user]!);
    this.turnout.left(user);
  }

  /** True with a probability; what is certain draws nothing. */
  private gives(probability: number): boolean {
    return probability === 1 || (probability > 0 && this.random.next() < probability);
  }

  /** The step after this one; NONE for leaving. */
  private drawNext({ targets, until }: Step): number {
    if (targets.length === 0) return NONE;
    const place = this.random.next();
    for (let index = 0; index < targets.length; index++) {
      if (place < until[index]!) return targets[index]!;
    }
    return NONE;
  }
}

/** Running sums; shares that make a whole leave nothing over for rounding. */
function sums(next: Readonly<Record<string, number>>): number[] {
  let sum = 0;
  const ends = Object.values(next).map((part) => (sum += part));
  if (sum > 1 - 1e-9) ends[ends.length - 1] = 1;
  return ends;
}
