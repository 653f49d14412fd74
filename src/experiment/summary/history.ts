/** What the run and the time before it come to, for windows that are longer than the run. */
import { SECOND } from "../../kernel/time.ts";
import type { ClassRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { sum } from "./pooling.ts";

/** Requests that ended, and those of them that failed: means over replications. */
export interface Ended {
  readonly total: number;
  readonly failed: number;
}

/** Those of the measured part of some classes, a mean over the replications. */
export function endedIn(runs: readonly (readonly ClassRecord[])[]): Ended {
  const records = runs.flat();
  const succeeded = sum(records, ({ measured }) => measured.succeeded);
  const failed = sum(records, ({ measured }) => sum([...measured.failed], (count) => count));
  return { total: (succeeded + failed) / runs.length, failed: failed / runs.length };
}

/**
 * Requests a second outside of the run: the declared rate, of which classes have the share they have
 * in the measured part; or the mean of that part.
 */
export function usualRate(
  { history, run }: Scenario,
  runs: readonly (readonly ClassRecord[])[],
  all: readonly (readonly ClassRecord[])[] = runs,
): number {
  const here = endedIn(runs).total;
  if (history.rate === undefined) return here / ((run.duration - run["warm-up"]) / SECOND);
  const everywhere = endedIn(all).total;
  return everywhere > 0 ? (history.rate * here) / everywhere : history.rate;
}
