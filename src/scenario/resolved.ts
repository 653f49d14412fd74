/**
 * A scenario that was checked, written down so that another machine can run the same: every value
 * in the words of the language, and what is known of it beside them. Reading it back gives the same
 * scenario to the last value.
 */
import { z } from "zod";
import { checkScenario } from "./checks.ts";
import { FilesBeside, type PinnedFiles } from "./files.ts";
import { scenarioSchema, type Scenario } from "./language.ts";

/** The most warnings, and the longest, that anybody writes down. */
const MOST_WARNINGS = 1000;
const LONGEST_TEXT = 4096;

const text = z.string().max(LONGEST_TEXT);

const pinned = z.strictObject({
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const writtenSchema = z.strictObject({
  file: text,
  variant: text.nullable(),
  warnings: z.array(text).max(MOST_WARNINGS),
  /** The files it replays, by name; they do not travel. */
  files: z.record(z.string(), pinned),
  resolved: z.record(z.string(), z.unknown()),
});

export type Written = z.output<typeof writtenSchema>;

/** Writes a scenario down: plain JSON, without where its files are on this machine. */
export function written({ file, variant, warnings, files, resolved }: Scenario): Written {
  const pins = Object.entries(files).map(([name, { size, sha256 }]) => [name, { size, sha256 }]);
  return {
    file,
    variant,
    warnings: [...warnings],
    files: Object.fromEntries(pins) as Written["files"],
    resolved: resolved as Written["resolved"],
  };
}

/** A scenario as it was written down; without its files it can be reported on, and not be run. */
export function readBack(text: Written, files: PinnedFiles = nowhere(text)): Scenario {
  const { file, variant, warnings, resolved } = text;
  const spec = scenarioSchema.parse(resolved);
  return { ...spec, window: spec.run.window!, file, variant, warnings, files, resolved };
}

function nowhere({ files }: Written): PinnedFiles {
  const pins = Object.entries(files).map(([name, pin]) => [name, { place: "", ...pin }]);
  return Object.fromEntries(pins) as PinnedFiles;
}

/**
 * Why what a stranger wrote down is no scenario; null when it is one.
 *
 * @param here the files it replays, where they are on this machine
 */
export function mistakeIn({ resolved, files }: Written, here?: PinnedFiles): string | null {
  const decoded = scenarioSchema.safeParse(resolved);
  if (!decoded.success) {
    const [issue] = decoded.error.issues;
    return `${issue?.path.join(".")}: ${issue?.message}`;
  }
  if (decoded.data.run.window === undefined) return "run.window: it is missing";
  // What is replayed is not here to be read, and its checks would only say so.
  if (Object.keys(files).length > 0 && !here) return null;
  const beside = new FilesBeside(here && ((file) => placeOf(file, here)));
  const [issue] = checkScenario(decoded.data, beside);
  return issue ? `${issue.path.join(".")}: ${issue.message}` : null;
}

function placeOf(file: string, here: PinnedFiles): string {
  if (Object.hasOwn(here, file)) return here[file]!.place;
  throw new Error("it is none of those that were written down");
}
