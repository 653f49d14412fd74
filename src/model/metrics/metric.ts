/**
 * What a controller may go by: the contract of the family.
 *
 * A metric is made of measurements, which are late, averaged and sometimes missing; what it cannot
 * be made of is null, never zero.
 */
import type { z } from "zod";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { PartSample, Sample } from "../monitor.ts";
import type { Level } from "./level.ts";

/** What is known of a part at an instant. */
export interface View {
  /** Instances that take calls, as whoever starts and stops them knows [instances]. */
  readonly instances: number;
  /** Those of them that were measured. */
  readonly samples: readonly Sample[];
  /** The part as a whole; null when it was not measured. */
  readonly part: PartSample | null;
}

export interface Metric {
  /** What decisions call it: "utilisation", "p95 latency". */
  readonly title: string;
  /** Whether it needs every call's time to be recorded. */
  readonly readsLatency?: boolean;
  /** Its value at one instance, null when it is not known; absent for what only a part has. */
  ofInstance?(sample: Sample): number | null;
  /** Its value for the part: a mean over instances, or a total. */
  ofPart(view: View): number | null;
}

/** What controllers must know of a metric to read and write its levels. */
export interface Measured {
  /** What it is a number of. */
  readonly level: Level;
}

const define = family<void, Metric>("metric");

/** The definer of the family: a definition with what its levels are. */
export function metric<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, void, Metric> & Measured,
): Definition<Kind, Options, void, Metric> & Measured {
  return { ...define(declaration), level: declaration.level };
}

/** Mean of a reading over the instances; null when there is none of any, 0 when there are none. */
export function meanOver(view: View, of: (sample: Sample) => number | null): number | null {
  const total = totalOver(view, of);
  return total === null || view.samples.length === 0 ? total : total / known(view, of).length;
}

/** Its total; instances that were not measured are missing from it, as in any monitoring system. */
export function totalOver(view: View, of: (sample: Sample) => number | null): number | null {
  const values = known(view, of);
  if (values.length === 0 && view.instances > 0) return null;
  return values.reduce((sum, value) => sum + value, 0);
}

function known({ samples }: View, of: (sample: Sample) => number | null): number[] {
  return samples.flatMap((sample) => of(sample) ?? []);
}
