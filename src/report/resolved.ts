/**
 * scenario.resolved.yaml: the scenario with nothing left unsaid, to be run again as it is.
 *
 * Files that it replays are named with their hash and not copied: they may be gigabytes, and what
 * they tell of shoppers should not travel with every report.
 */
import type { Result } from "../experiment/result.ts";

export async function resolvedScenario({ resolved, files }: Result): Promise<string> {
  const { stringify } = await import("yaml");
  const text = stringify(resolved, { lineWidth: 100, aliasDuplicateObjects: false });
  if (files.length === 0) return text;
  const names = files.map(({ file, sha256 }) => `#   ${JSON.stringify(file)}  sha256 ${sha256}`);
  return `${[BESIDE, ...names].join("\n")}\n\n${text}`;
}

const BESIDE = "# To run this again, put beside it, by the same path, the files that it replays:";
