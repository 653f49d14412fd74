/** Levels of a metric, as users write them (`80 %`, `100 rps`, `250 ms`, `12`) and as decisions show them. */
import { z } from "zod";
import type { Issue } from "../../schema/issue.ts";
import {
  readCount,
  readDuration,
  readRate,
  readShare,
  type Reading,
} from "../../schema/quantity.ts";
import { MILLISECOND, SECOND } from "../../kernel/time.ts";

/** What a metric is a number of. */
export type Level = "share" | "rate" | "duration" | "number";

/** A level of a metric named beside it; which units fit depends on the metric. */
export function level(description: string) {
  return z
    .union([z.string(), z.number()])
    .meta({ description, examples: ["60 %", "100 rps", "250 ms", 12] });
}

/** Reads a level in the metric's base unit [0 to 1, 1/s, ns, or as it is]. */
export function readLevel(kind: Level, written: string | number): Reading<number> {
  if (kind === "share") return readShare(written);
  if (kind === "rate") return readRate(written);
  if (kind === "duration") return readDuration(written);
  return typeof written === "number" ? { ok: true, value: written } : readCount(written);
}

/** A level that was checked before. */
export function levelOf(kind: Level, written: string | number): number {
  const reading = readLevel(kind, written);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

/** The mistake of a level in units that do not fit, or of one that no metric can have. */
export function issuesOfLevel(
  kind: Level,
  written: string | number,
  path: Issue["path"],
  isPositive = true,
): Issue[] {
  const reading = readLevel(kind, written);
  if (!reading.ok) return [{ path, message: reading.message }];
  if (Number.isFinite(reading.value) && (isPositive ? reading.value > 0 : reading.value >= 0))
    return [];
  const message = `${written} is out of range; expected more than 0`;
  return [{ path, message }];
}

/** "63.2 %", "812.5 rps", "183 ms", "12.3". */
export function showLevel(kind: Level, value: number): string {
  if (kind === "share") return `${tenths(value * 100)} %`;
  if (kind === "rate") return `${tenths(value)} rps`;
  if (kind === "number") return tenths(value);
  return value < SECOND ? `${tenths(value / MILLISECOND)} ms` : `${tenths(value / SECOND)} s`;
}

function tenths(value: number): string {
  return String(Math.floor(value * 10 + 0.5) / 10);
}
