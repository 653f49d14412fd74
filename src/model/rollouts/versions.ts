/**
 * What the versions of one part are like: slower, faulty, or bad enough to crash; and how calls end at
 * the instances of each, which is what a rollout is judged by.
 */
import type { Duration } from "../../kernel/time.ts";
import { MINUTE, SECOND } from "../../kernel/time.ts";
import type { Random } from "../../kernel/random.ts";
import type { Distribution } from "../../statistics/distributions/distribution.ts";
import { Histogram } from "../../statistics/histogram.ts";
import type { Calls } from "../calls.ts";
import { seconds, type Fleet, type FleetObserver } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Journal } from "../journal.ts";
import type { Agenda } from "../agenda.ts";
import type { Inspector } from "../losses.ts";
import { CANCELLED, ERROR, OK, RENEGED, type Outcome } from "../outcomes.ts";

/** Kubernetes restarts what crashes after 10 s, then twice as long each time, 5 min at most [ns]. */
const FIRST_RESTART = 10 * SECOND;
const LAST_RESTART = 5 * MINUTE;

/** How a version differs from what was there at the start. */
export interface Traits {
  readonly name: string;
  /** How many times as long its work takes; 1 is the same. */
  readonly slower: number;
  /** Share of the calls it has served that it answers with an error [0 to 1]. */
  readonly errorRate: number;
  /** From ready to a crash; null for a version that does not. */
  readonly crashAfter: Distribution | null;
}

/** How calls have ended at the instances of one version. */
export interface Tally {
  /** Calls that nobody called off [calls]. */
  calls: number;
  failed: number;
  /** Sum of their response times [ns]. */
  time: Duration;
}

export interface VersionsContext {
  readonly fleet: Fleet;
  readonly calls: Calls;
  readonly agenda: Agenda;
  readonly journal: Journal;
  /** For errors. */
  readonly random: Random;
}

export class Versions implements Inspector, FleetObserver {
  private readonly context: VersionsContext;
  private readonly traits: Traits[] = [
    { name: "version 1", slower: 1, errorRate: 0, crashAfter: null },
  ];
  /** Response times of calls, by version; for those whose percentiles somebody watches. */
  private readonly times: (Histogram | undefined)[] = [];
  private readonly tallies: Tally[] = [{ calls: 0, failed: 0, time: 0 }];
  /** Crashes of instances of bad versions [crashes] -- state. */
  private readonly crashes = new Map<Instance, number>();

  constructor(context: VersionsContext) {
    this.context = context;
    context.fleet.watch(this);
  }

  /** Numbers a new version. */
  add(traits: Omit<Traits, "name">, name: string | undefined): number {
    this.tallies.push({ calls: 0, failed: 0, time: 0 });
    const number = this.traits.length;
    this.traits.push({ ...traits, name: name ?? `version ${number + 1}` });
    return number;
  }

  nameOf(version: number): string {
    return this.traits[version]!.name;
  }

  tally(version: number): Readonly<Tally> {
    return this.tallies[version]!;
  }

  /** Response times of calls to a version from now on [ns]; whoever asked empties it. */
  watchTimes(version: number): Histogram {
    return (this.times[version] = new Histogram());
  }

  told(call: number, outcome: Outcome): Outcome {
    const { calls, fleet, random, agenda } = this.context;
    const { version } = fleet.instances[calls.instance(call)]!;
    const { errorRate } = this.traits[version]!;
    const isFaulty = outcome === OK && errorRate > 0 && random.next() < errorRate;
    const told = isFaulty ? ERROR : outcome;
    if (told === CANCELLED || told === RENEGED) return told;
    const tally = this.tallies[version]!;
    tally.calls++;
    if (told !== OK) tally.failed++;
    const took = agenda.now - calls.sentAt(call);
    tally.time += took;
    this.times[version]?.record(took);
    return told;
  }

  ready(instance: Instance): void {
    const { slower, crashAfter } = this.traits[instance.version]!;
    const { fleet, agenda } = this.context;
    if (slower !== 1) fleet.slow(instance, instance.slowness * slower);
    if (crashAfter === null) return;
    const { life } = instance;
    agenda.after(crashAfter.sample(), () => {
      if (instance.life === life && instance.serving) this.crash(instance);
    });
  }

  private crash(instance: Instance): void {
    const { fleet, agenda, journal } = this.context;
    const before = this.crashes.get(instance) ?? 0;
    this.crashes.set(instance, before + 1);
    const wait = Math.min(LAST_RESTART, FIRST_RESTART * 2 ** Math.min(before, 9));
    const reason = `${this.nameOf(instance.version)} crashes; started again after ${seconds(wait)}`;
    const { part } = fleet.options;
    journal.note({ plane: "fleet", part, instance: instance.name, what: "crash", reason });
    fleet.crash(instance, false);
    const { life } = instance;
    agenda.after(wait, () => {
      if (instance.life === life) fleet.restart(instance);
    });
  }
}
