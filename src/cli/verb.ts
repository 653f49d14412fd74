/**
 * One word of the command line (`run`, `check`, …) as a definition: what may follow it, the words
 * of its help, and what it does. A new verb is its own file under verbs/ and a line in the list.
 *
 * Help and typos must be answered at once, so a verb's file imports only light things; what it
 * needs to do its work it loads by `await import` inside `perform`.
 */
import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";

type Arguments = Record<string, PositionalOptions>;
export type Flags = Record<string, Options>;

export interface Verb<Given extends Arguments = Arguments, Chosen extends Flags = Flags> {
  /** The verb with its positional arguments, as yargs writes them: "run <file>". */
  usage: string;
  /** One sentence for the list of verbs. */
  summary: string;
  /** The positional arguments, by name. */
  given: Given;
  /** The flags, by name without dashes. */
  flags: Chosen;
  /** Commands people will want, each with what it does. */
  examples: readonly (readonly [command: string, what: string])[];
  /** Does it, and says with which code of `exit` the program ends. */
  perform(asked: InferredOptionTypes<Given & Chosen>): Promise<number>;
}

/** Declares a verb. The types of what was asked follow from `given` and `flags`. */
export function verb<const Given extends Arguments, const Chosen extends Flags>(
  declaration: Verb<Given, Chosen>,
): Verb {
  return declaration as unknown as Verb;
}

/** The verb alone: "run" of "run <file>". */
export function wordOf({ usage }: Verb): string {
  return usage.split(" ", 1)[0] as string;
}

/**
 * Makes a yargs `coerce` for a flag that is a whole number of at least `min`. What a
 * coerce throws reaches the user as a mistake on the command line.
 */
export function wholeNumber(flag: string, min: number): (value: unknown) => number {
  return (value) => {
    const text = once(flag)(value);
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && Number.isSafeInteger(number)) return number;
    throw new Error(`${flag} is "${text}"; it takes a whole number from ${min}`);
  };
}

/** Makes a yargs `coerce` for a flag with one value: a second one is never silently preferred. */
export function once(flag: string): (value: unknown) => string {
  return (value) => {
    if (Array.isArray(value)) throw new Error(`${flag} is given more than once`);
    if (value === "") throw new Error(`${flag} needs a value`);
    return String(value);
  };
}

/** The flags that change a scenario before it is read; `run` and `check` share them. */
export const scenarioFlags = {
  set: {
    type: "string",
    array: true,
    nargs: 1,
    default: [] as string[],
    defaultDescription: "nothing",
    describe: "Replace a value: --set parts.web.slots=32 (may be repeated)",
  },
  variant: {
    type: "string",
    requiresArg: true,
    coerce: once("--variant"),
    describe: "Apply one of the scenario's variants",
  },
} as const satisfies Flags;

/** The flags of everything that simulates. */
export const simulationFlags = {
  jobs: {
    type: "string",
    requiresArg: true,
    coerce: wholeNumber("--jobs", 1),
    describe: "Runs simulated at the same time; never changes the answer [default: cores]",
  },
  seed: {
    type: "string",
    requiresArg: true,
    coerce: once("--seed"),
    describe: "The luck: the same seed gives the same bytes",
  },
} as const satisfies Flags;

/** The flags of everything that others may simulate: workers behind a queue. */
export const queueFlags = {
  queue: {
    type: "string",
    requiresArg: true,
    coerce: once("--queue"),
    describe: "Let workers simulate it: redis://host:6379 (`loadstar worker` on their machines)",
  },
  priority: {
    type: "string",
    requiresArg: true,
    coerce: wholeNumber("--priority", 1),
    describe: "With --queue: smaller goes first [default: 1000]",
  },
} as const satisfies Flags;

/** Flags that are short for a replacement. JSON keeps a seed such as 0x1F or 007 a text. */
export function overrides(asked: { seed?: string | undefined; replications?: number | undefined }) {
  return [
    ...(asked.seed === undefined ? [] : [`seed=${JSON.stringify(asked.seed)}`]),
    ...(asked.replications === undefined ? [] : [`run.replications=${asked.replications}`]),
  ];
}
