/**
 * Instances that die, by the clock or by chance, and how they come back: repaired after a time,
 * started again by a supervisor that backs off, replaced by the fleet, or not at all.
 */
import { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { count, duration } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import {
  distributions,
  distributionSchema,
  type Distribution,
  type DistributionSpec,
} from "../../statistics/distributions/index.ts";
import { seconds, type Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Entry } from "../journal.ts";
import { Crews } from "./crews.ts";
import type { FaultContext } from "./fault.ts";

/** How instances that have died come back. */
export const repairFields = {
  repair: distributionSchema
    .describe(
      "From the death until the instance begins to start again; without it, it stays dead unless the fleet replaces it.",
    )
    .optional(),
  crews: count(
    "Repairs that can be under way at once; others wait for their turn. Without it every repair begins at once.",
    { min: 1 },
  ).optional(),
  restart: z
    .strictObject({
      first: duration("Wait before the first restart.", { min: 1 }).prefault("10 s"),
      most: duration("The wait doubles at each restart up to this.", { min: 1 }).prefault("5 min"),
      reset: duration("A run of this length makes the next wait the first again.").prefault(
        "10 min",
      ),
    })
    .describe(
      "In place of `repair`: a supervisor that restarts and backs off, as Kubernetes does (CrashLoopBackOff).",
    )
    .optional(),
};

/** When instances die, each for itself. */
export const deathFields = {
  at: duration("When.").optional(),
  "time-between": distributionSchema
    .describe("Time from the start of an instance to its next death, drawn for each.")
    .optional(),
};

export interface Repair {
  readonly repair?: DistributionSpec | undefined;
  readonly crews?: number | undefined;
  readonly restart?: Restart | undefined;
}

interface Restart {
  readonly first: Duration;
  readonly most: Duration;
  readonly reset: Duration;
}

export function checkRepair({ repair, crews, restart }: Repair): Issue[] {
  const issues: Issue[] = [];
  if (repair !== undefined && restart !== undefined)
    issues.push({ path: ["restart"], message: "an instance is either repaired or restarted" });
  if (crews !== undefined && repair === undefined)
    issues.push({ path: ["crews"], message: "crews have nothing to do without `repair`" });
  return issues;
}

interface ByChance {
  readonly "time-between"?: DistributionSpec | undefined;
  readonly zone?: string | undefined;
}

/** How one fault kills: a word for the journal, and the act. */
export interface Manner {
  readonly what: string;
  /** Said before what happens next, if anything. */
  readonly how?: string;
  kill(fleet: Fleet, instance: Instance): void;
}

/** What kills the instances of a fault, and sees to it that they come back. */
export class Reaper {
  private readonly context: FaultContext;
  private readonly manner: Manner;
  private readonly repair: Distribution | null;
  private readonly restart: Restart | null;
  /** Null where every repair begins at once. */
  private readonly crews: Crews | null;
  /** Waits so far in a row, by instance, with the life that began after the last one. */
  private readonly waits = new Map<Instance, Duration>();

  constructor({ repair, crews, restart }: Repair, manner: Manner, context: FaultContext) {
    this.context = context;
    this.manner = manner;
    this.repair = repair ? make(distributions, repair, { random: context.random }) : null;
    this.restart = restart ?? null;
    this.crews = crews === undefined ? null : new Crews(crews);
  }

  strike(fleet: Fleet, instance: Instance, how = this.manner.how ?? ""): void {
    const { journal } = this.context;
    const repairTime = this.repairTimeOf(instance);
    const { part } = fleet.options;
    const { what, kill } = this.manner;
    const next = whatNext(repairTime, fleet.options.replaceAfter);
    const queued = this.crews?.allBusy ? ", once a crew is free" : "";
    const reason = `${how}${next}${queued}`;
    const entry = journal.note({ plane: "fate", part, instance: instance.name, what, reason });
    kill(fleet, instance);
    if (this.crews === null || repairTime === null)
      return mend(fleet, instance, repairTime, entry, this.context);
    this.mendByCrew(this.crews, fleet, instance, repairTime, entry);
  }

  /** One that is no longer down when its turn comes keeps nobody busy. */
  private mendByCrew(
    crews: Crews,
    fleet: Fleet,
    instance: Instance,
    repairTime: Duration,
    entry: Entry | null,
  ): void {
    const { life } = instance;
    crews.take(() => {
      if (instance.life !== life) return crews.over();
      mend(fleet, instance, repairTime, entry, this.context);
      this.context.agenda.after(repairTime, () => crews.over());
    });
  }

  private repairTimeOf(instance: Instance): Duration | null {
    if (this.restart === null) return this.repair?.sample() ?? null;
    const { first, most, reset } = this.restart;
    const before = this.waits.get(instance);
    const ran = this.context.agenda.now - instance.stateSince;
    const wait = before === undefined || ran >= reset ? first : Math.min(most, 2 * before);
    this.waits.set(instance, wait);
    return wait;
  }
}

/** Every instance, or every one of a zone, has its own clock, which begins anew whenever it becomes ready. */
export function strikeByChance(
  fleet: Fleet,
  { "time-between": between, zone }: ByChance,
  strike: (instance: Instance) => void,
  { agenda, random }: FaultContext,
): void {
  if (between === undefined) return;
  const times = make(distributions, between, { random });
  fleet.watch({
    ready(instance) {
      if (zone !== undefined && instance.zone !== zone) return;
      const since = instance.stateSince;
      agenda.after(times.sample(), () => {
        if (instance.state === "ready" && instance.stateSince === since) strike(instance);
      });
    },
  });
}

/** Brings an instance that has just died, or hangs, back as was decided; or lets the fleet replace it. */
export function mend(
  fleet: Fleet,
  instance: Instance,
  repairTime: Duration | null,
  entry: Entry | null,
  { agenda }: FaultContext,
): void {
  const { replaceAfter } = fleet.options;
  const wait = repairTime ?? replaceAfter;
  if (wait === null) return;
  const { life } = instance;
  agenda.after(wait, () => {
    if (entry !== null) entry.until = agenda.now;
    const isDown = instance.state === "crashed" || instance.silent;
    if (!isDown || instance.life !== life) return;
    // One that only hangs is killed first.
    fleet.crash(instance, false);
    if (repairTime !== null) fleet.restart(instance);
    else fleet.replace(instance, `${instance.name} dead for ${seconds(wait)}`);
  });
}

function whatNext(repairTime: Duration | null, replaceAfter: Duration | null): string {
  if (repairTime !== null) return `repaired after ${seconds(repairTime)}`;
  if (replaceAfter !== null) return `replaced after ${seconds(replaceAfter)}`;
  return "never repaired";
}
