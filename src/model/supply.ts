/**
 * What the cloud has to give: quotas of the account, and shortages of a type in a zone. A launch that
 * is refused is tried again after a back-off, in the zones where there may be room.
 *
 * Nodes count like any other instance; pods do not. What waits in a warm pool does not count before it
 * is taken: one that was stopped is then refused like a new one, since stopping gave its machine back,
 * one that runs is not. What is prepared for the pool is never refused.
 */
import { z } from "zod";
import { make } from "../schema/definition.ts";
import { count, duration, name, share, text } from "../schema/fields.ts";
import type { Duration } from "../kernel/time.ts";
import { backoffs, backoffSchema } from "./backoffs/index.ts";
import type { World } from "./world.ts";

const quotaSchema = z
  .strictObject({
    of: text("The instance type it is for; all types together unless given.").optional(),
    instances: count("Instances at most.", { max: 100_000 }).optional(),
    cores: count("Virtual CPUs at most, which is how AWS counts.", { max: 10_000_000 }).optional(),
  })
  .describe("What an account may have running.");

const shortageSchema = z
  .strictObject({
    of: text("The instance type that is short; every type unless given.").optional(),
    zone: name("The zone where it is short; everywhere unless given.").optional(),
    at: duration("When it begins."),
    for: duration("How long it lasts.", { min: 1 }),
    chance: share("Share of the launches that fail meanwhile.").prefault("100 %"),
  })
  .describe("A time in which the cloud cannot launch what it is asked for.");

export const supplySchema = z
  .strictObject({
    quotas: z
      .array(quotaSchema)
      .describe("What an account may have running: of one type, or of all.")
      .default([]),
    shortages: z
      .array(shortageSchema)
      .describe("Times in which launches fail: insufficient capacity.")
      .default([]),
    retry: backoffSchema
      .describe("How long until a launch that was refused is tried again; a plain starting point.")
      .prefault({ kind: "exponential", base: "15 s", cap: "5 min" }),
  })
  .describe("What the cloud has to give to those who launch.");

export type SupplySpec = z.output<typeof supplySchema>;

/** What is asked for. */
export interface Wanted {
  /** Instance type; null for machines nobody pays for. */
  readonly type: string | null;
  /** Cores of one instance [vCPU]. */
  readonly cores: number;
}

export class Supply {
  private readonly spec: SupplySpec;
  private readonly clock: { readonly now: Duration };
  private readonly draw: () => number;
  private readonly backoff: { delay(retry: number, previous: Duration): Duration };
  /** Running now, by type [instances]. */
  private readonly running = new Map<string | null, { instances: number; cores: number }>();

  constructor(spec: SupplySpec, world: Pick<World, "kernel" | "stream">) {
    this.spec = spec;
    this.clock = world.kernel;
    const shortages = world.stream("supply", "shortages");
    this.draw = () => shortages.next();
    this.backoff = make(backoffs, spec.retry, { random: world.stream("supply", "retry") });
  }

  /** Why a launch fails now; null if it does not. */
  refusal(wanted: Wanted, zone: string): string | null {
    return this.overQuota(wanted) ?? this.short(wanted, zone);
  }

  /** Until refused launch number 1, 2, … in a row is tried again [ns]. */
  delay(retry: number): Duration {
    return this.backoff.delay(retry, 0);
  }

  /** An instance runs, or runs no more (`change` -1). */
  count({ type, cores }: Wanted, change: 1 | -1): void {
    const { instances: had, cores: hadCores } = this.of(type);
    this.running.set(type, { instances: had + change, cores: hadCores + change * cores });
  }

  private overQuota(wanted: Wanted): string | null {
    for (const { of, instances = Infinity, cores = Infinity } of this.spec.quotas) {
      if (of !== undefined && of !== wanted.type) continue;
      const running = of === undefined ? this.all() : this.of(of);
      const whose = of === undefined ? "the account" : of;
      if (running.instances + 1 > instances)
        return `quota: ${whose} has ${running.instances} of ${instances} instances`;
      if (running.cores + wanted.cores > cores)
        return `quota: ${whose} has ${running.cores} of ${cores} cores, and it takes ${wanted.cores}`;
    }
    return null;
  }

  private short({ type }: Wanted, zone: string): string | null {
    const { now } = this.clock;
    for (const { of, zone: where, at, for: length, chance } of this.spec.shortages) {
      if (now < at || now >= at + length) continue;
      if ((of !== undefined && of !== type) || (where !== undefined && where !== zone)) continue;
      if (chance === 1 || this.draw() < chance)
        return `no ${type ?? "machine"} left in zone ${zone}`;
    }
    return null;
  }

  private of(type: string | null) {
    return this.running.get(type) ?? { instances: 0, cores: 0 };
  }

  private all() {
    const all = { instances: 0, cores: 0 };
    for (const { instances, cores } of this.running.values()) {
      all.instances += instances;
      all.cores += cores;
    }
    return all;
  }
}
