/** How a fleet finds its size: the contract of the family. Reads measurements, never the truth. */
import type { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { Issue } from "../../schema/issue.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet } from "../fleet.ts";
import type { MetricSpec } from "../metrics/index.ts";
import type { RateSpec } from "../rates/index.ts";
import type { RateContext } from "../rates/rate.ts";
import type { Shape } from "../shape.ts";
import type { Measurement, Measure } from "./measure.ts";

export interface AutoscalerContext {
  readonly agenda: Agenda;
  /** What it sizes, to be read; what it decides it says to `scaleTo`. */
  readonly fleet: Fleet;
  /** What a clock on the wall shows at the start, in RFC 3339; null when nobody says. */
  readonly clock: string | null;
  /** What the instances of the part have from the start, and what other types would have. */
  readonly hardware: Hardware;
  /** What declared histories are made with. */
  readonly rates: RateContext;
  /** Measures the part from now on. */
  measure(spec: Measurement, metrics: readonly MetricSpec[]): Measure;
  /** From now on, calls that find no instance wait for one: so long [ns], and so many at once. */
  hold(longest: Duration, limit: number): void;
  /** Asks for so many instances. */
  scaleTo(wanted: number, reason: string): void;
  /** The fewest instances that others want by the clock or by a forecast; 0 where it is alone. */
  floor(): number;
  /** What it holds as a floor under others [instances]; null where it decides on the size. */
  readonly held: (() => number) | null;
  /** Tells what it has found out, apart from decisions, which the fleet notes. */
  note(what: string, reason: string): void;
}

export interface Hardware {
  /** What utilisation is a share of. */
  readonly measured: "slots" | "cores";
  /** What they are made of at the start. */
  readonly shape: Shape;
  /** How much a shape has of what utilisation is a share of. */
  resourcesOf(shape: Shape): number;
  /** Cores of an instance type [vCPU]. */
  coresOf(type: string): number;
}

/** What the rest of the program must know of a member before a run. */
export interface Scaling<Options> {
  /**
   * What it is among several of one part: a floor under the others, one policy among others, or
   * nothing that decides their number; without it, it shares a part with floors alone.
   */
  readonly among?: "floor" | "policy" | "neither";
  /**
   * A policy that shrinks only when all with this agree: how long its own wish to shrink counts
   * [ns]; null for one that takes no part in that.
   */
  agreement?(options: Options): Duration | null;
  /** The most instances it can ask for [instances]. */
  most(options: Options): number;
  /** The metrics it goes by, and where they stand in its options. */
  metrics?(options: Options): readonly PlacedMetric[];
  /** The histories it learns from. */
  histories?(options: Options): readonly History[];
  /** Instance types it may launch, and where they stand in its options. */
  types?(options: Options): readonly { readonly path: Issue["path"]; readonly type: string }[];
  /** Whether it must know what a clock on the wall shows, and where it says so. */
  needsClock?(options: Options): Issue["path"] | null;
}

/** A rate that is no demand of this run. */
export interface History {
  readonly path: Issue["path"];
  readonly rate: RateSpec;
  /** How long it is followed [ns]. */
  readonly duration: Duration;
}

export interface PlacedMetric {
  readonly path: Issue["path"];
  readonly metric: MetricSpec;
}

/** A member acts through the agenda from its creation on, so it makes nothing. */
const define = family<AutoscalerContext, void>("autoscaler");

/** The definer of the family: a definition with what must be known of it. */
export function autoscaler<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, AutoscalerContext, void> &
    Scaling<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, AutoscalerContext, void> & Scaling<z.output<z.ZodObject<Options>>> {
  return define(declaration) as ReturnType<typeof autoscaler<Kind, Options>>;
}

/** The mistake of bounds that leave no room. */
export function minAboveMax({ min, max }: { min: number; max: number }): Issue[] {
  if (min <= max) return [];
  return [
    { path: ["min"], message: `${min} instances at least and ${max} at most leave no choice` },
  ];
}

/** A size within the bounds, and how it got there if that was not where it was. */
export function within(
  { min, max }: { readonly min: number; readonly max: number },
  wanted: number,
): { readonly instances: number; readonly note: string } {
  const instances = Math.min(max, Math.max(min, wanted));
  if (instances === wanted) return { instances, note: "" };
  return { instances, note: `, clamped to ${instances}` };
}

/** Bounds with a floor that others may hold, which is above both. */
export function over(
  floor: () => number,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly min: number; readonly max: number } {
  return {
    get min() {
      return Math.max(min, floor());
    },
    get max() {
      return Math.max(max, floor());
    },
  };
}

/** A length of time in whole or tenths of seconds or minutes, as decisions tell it. */
export function span(time: Duration): string {
  const seconds = Math.floor(time / 1e8 + 0.5) / 10;
  return seconds < 120 || seconds % 60 !== 0 ? `${seconds} s` : `${seconds / 60} min`;
}
