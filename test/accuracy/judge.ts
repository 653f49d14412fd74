/** What the replications of a case say of its claims. */
import { meanOf, varianceOf } from "../../src/statistics/moments.ts";
import {
  normalQuantile,
  studentProbability,
  studentQuantile,
} from "../../src/statistics/student.ts";
import type { Case, Claim, Check } from "./case.ts";

/** Level of the intervals. Of a thousand true claims one lies outside by bad luck. */
export const CONFIDENCE = 0.999;

/** What a trace without luck may lose to rounding [share]. */
const ROUNDING = 1e-9;

export interface Finding {
  readonly metric: string;
  readonly expected: number | string;
  readonly simulated: number | string;
  /** Half the width of the interval at 99.9 %; null where there is no luck. */
  readonly halfWidth: number | null;
  /** (simulated - expected) / expected; null where there is nothing to be a share of. */
  readonly relativeError: number | null;
  /**
   * How many standard errors the mean lies above what is expected, as a standard normal variate;
   * null without luck, and where the source itself may be off.
   */
  readonly z: number | null;
  /** Independent runs behind it. */
  readonly runs: number;
  /** How far the source itself may be off [share]. */
  readonly allowance: number;
  readonly agrees: boolean;
}

/** What became of a case: the first answer, and the one that decides if that disagreed. */
export interface Verdict {
  readonly family: string;
  readonly of: Case;
  readonly findings: readonly Finding[];
  /** The answer of runs four times as long with other luck, if there was a need. */
  readonly again: readonly Finding[] | null;
}

/** What counts of a verdict. */
export function final({ findings, again }: Verdict): readonly Finding[] {
  return again ?? findings;
}

/** @param values one for each replication */
export function judge(
  [reading, expected, allowance = 0]: Claim,
  values: readonly number[],
): Finding {
  const runs = values.length;
  const mean = meanOf(values);
  const deviation = mean - expected;
  const found = {
    metric: reading.name,
    expected,
    simulated: mean,
    relativeError: expected === 0 ? null : deviation / expected,
    runs,
    allowance,
  };
  const slack = (reading.resolution + allowance) * Math.abs(expected);
  if (runs === 1) {
    const agrees = Math.abs(deviation) <= Math.max(slack, ROUNDING * Math.abs(expected));
    return { ...found, halfWidth: null, z: null, agrees };
  }
  const standardError = Math.sqrt(varianceOf(values) / runs);
  const halfWidth = studentQuantile((1 + CONFIDENCE) / 2, runs - 1) * standardError;
  const agrees = Math.abs(deviation) <= halfWidth + slack;
  const z =
    allowance > 0 || standardError === 0
      ? null
      : normal(deviation, standardError, reading.resolution * Math.abs(expected), runs - 1);
  return { ...found, halfWidth, z, agrees };
}

/** A number, word or list that must be what it should be. */
export function check([metric, found, expected, off = 0]: Check): Finding {
  const same =
    typeof found === "number" && typeof expected === "number"
      ? Math.abs(found - expected) <= Math.max(off, ROUNDING * Math.abs(expected))
      : JSON.stringify(found) === JSON.stringify(expected);
  const told = (value: unknown) => (typeof value === "number" ? value : words(value));
  return {
    metric,
    expected: told(expected),
    simulated: told(found),
    halfWidth: null,
    relativeError:
      typeof found === "number" && typeof expected === "number" && expected !== 0
        ? (found - expected) / expected
        : null,
    z: null,
    runs: 1,
    allowance: 0,
    agrees: same,
  };
}

/**
 * Student's t as the normal variate of the same probability. A quantile lies anywhere in its bucket,
 * which adds the variance of an even law of that half-width.
 */
function normal(deviation: number, error: number, bucket: number, freedom: number): number {
  const t = deviation / Math.sqrt(error * error + (bucket * bucket) / 3);
  const p = studentProbability(-Math.abs(t), freedom);
  return Math.sign(t) * -normalQuantile(Math.max(p, 1e-300));
}

function words(value: unknown): string {
  return Array.isArray(value) ? value.map(words).join(" ") : String(value);
}
