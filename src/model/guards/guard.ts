/** The question: may this call come in? Asked at a part's door, before anything else is done for it. */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family, type Declaration } from "../../schema/definition.ts";
import { choice, name } from "../../schema/fields.ts";
import type { Outcome } from "../outcomes.ts";

/** Verdicts of a guard; any number above zero is how long the call waits before it comes in [ns]. */
export const ADMIT = 0;
export const REJECT = -1;
/** The guard keeps the call and says itself, later, when it comes in. */
export const HOLD = -2;

/** Limits what comes in; one of these stands there for everybody, or for every key, class, instance. */
export interface Guard {
  /** ADMIT, REJECT, HOLD, or how long the call must wait [ns]. */
  admit(call: number, now: Duration): number;
  /**
   * A call it admitted has been dealt with: timed out when its caller had gone by then, cancelled
   * when it never came in.
   */
  finished?(call: number, outcome: Outcome, now: Duration): void;
  /** A call it held has gone before it was let in. */
  forget?(call: number): void;
}

/** What a guard is given to work with. */
export interface GuardContext {
  readonly random: Random;
  /** Name of a call's request class; undefined for a call no workload made. */
  className(call: number): string | undefined;
  /** Whether the caller of a call has gone. */
  isAbandoned(call: number): boolean;
  /** Lets a call in that was held. */
  letIn(call: number): void;
  /** Turns away a call that was held. */
  turnAway(call: number): void;
  /** Calls back once, `delay` from now [ns]. */
  after(delay: Duration, act: () => void): void;
  /** Has another operation of the part serve the call. */
  serve(call: number, operation: string): void;
}

const common = {
  per: choice(
    "Whether one such guard stands there for all calls, or one each for every key, request class, or instance of the part.",
    ["part", "key", "class", "instance"],
  ).default("part"),
  name: name("What results call it; its kind unless given.").optional(),
};

/** A name in a guard's options that must exist: an operation of its part, or a request class. */
export interface GuardReference {
  readonly path: readonly (string | number)[];
  readonly to: "operation" | "request class";
  readonly name: string;
}

/** What must be known of a guard before it is built, to check the names in a scenario. */
interface Anatomy<Options> {
  references(options: Options): readonly GuardReference[];
}

const define = family<GuardContext, Guard>("guard");

/** The definer of the family: every guard also says for whom it counts. */
export function guard<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, GuardContext, Guard> &
    Partial<Anatomy<z.output<z.ZodObject<Options>>>>,
) {
  const options = { ...declaration.options, ...common };
  const definition = define<Kind, Options & typeof common>({ ...declaration, options } as never);
  return { ...definition, references: declaration.references ?? (() => []) };
}
