/** The question: at which instants do requests arrive? */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { RateContext } from "../rates/rate.ts";

/** One stream of arrivals, asked for one instant after another. */
export interface Arrivals {
  /** The instant of the next arrival, not before `now`, in whole ticks; Infinity when no more will come [ns]. */
  next(now: Duration): Duration;
  /** What it knows of the arrival it gave last, where it knows more than the instant. */
  readonly told?: Told;
}

/** What a file says of a request. */
export interface Told {
  /** Position of its class in the mix; negative where the mix decides. */
  readonly requestClass: number;
  /** The item it is about; NONE where the keys of its class decide. */
  readonly key: number;
  /** The work it brings [ns at normal speed]; NONE where the steps of its operation decide. */
  readonly work: Duration;
}

/** What an arrival process is given to work with: all that a rate is, and luck of its own. */
export interface ArrivalsContext extends RateContext {
  readonly random: Random;
  /** Names of the workload's request classes. */
  readonly classes: readonly string[];
}

/** What must be known of an arrival process before it runs. */
export interface Forecast<Options> {
  /** Arrivals expected over the run [requests]. */
  expected(options: Options, context: ArrivalsContext): number;
}

const define = family<ArrivalsContext, Arrivals>("arrival process");

/** The definer of the family: a definition with its forecast. */
export function arrivals<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, ArrivalsContext, Arrivals> &
    Forecast<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, ArrivalsContext, Arrivals> & Forecast<z.output<z.ZodObject<Options>>> {
  const { expected } = declaration;
  return { ...define(declaration), expected };
}

/** What one of several processes in another is given: streams of its own. */
export function nested(context: ArrivalsContext, owner: string): ArrivalsContext {
  const stream = (purpose: string) => context.stream(`${purpose} of ${owner}`);
  return { ...context, stream, random: stream("arrivals") };
}
