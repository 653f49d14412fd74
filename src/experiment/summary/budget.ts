/**
 * Error budgets of windows longer than the run, and how fast they burn; and Apdex.
 *
 * Source: Google, The Site Reliability Workbook (2018), chapters 2 and 5; Apdex Alliance, Technical
 * Specification 1.1.
 */
import { log } from "../../kernel/mathematics.ts";
import { HOUR, MINUTE, SECOND, type Duration } from "../../kernel/time.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import type { ObjectiveSpec, Scenario } from "../../scenario/language.ts";
import { Histogram, type SparseHistogram } from "../../statistics/histogram.ts";
import type { ObjectiveResult } from "../result.ts";
import { judged } from "./classes.ts";
import { endedIn, usualRate } from "./history.ts";
import { mean, shareOf, sum } from "./pooling.ts";
import { telemetryOf } from "./telemetry.ts";

type Availability = Extract<ObjectiveSpec, { availability: number }>;

/** Windows that multi-window alerts look back at. */
export const BURN_WINDOWS: readonly Duration[] = [5 * MINUTE, HOUR, 6 * HOUR, 72 * HOUR];

/** Failures that a window longer than the run allows, and those it has. */
export function periodOf(
  scenario: Scenario,
  objective: Availability,
  records: readonly RunRecord[],
): Pick<ObjectiveResult, "period"> {
  const { availability: target, period, elapsed, of } = objective;
  if (period === undefined) return {};
  const runs = records.map(({ classes }) => judged(classes, of));
  const here = endedIn(runs);
  const measured = scenario.run.duration - scenario.run["warm-up"];
  const rate = usualRate(
    scenario,
    runs,
    records.map(({ classes }) => judged(classes)),
  );
  const past = ((elapsed ?? Math.max(0, period - measured)) * rate) / SECOND;
  // A calendar window goes on after the run, so that its budget is that of the whole.
  const requests = here.total + (Math.max(0, period - measured) * rate) / SECOND;
  const allowed = (1 - target) * requests;
  const before = past * scenario.history.failed;
  return {
    period: {
      unit: "requests",
      length: period / SECOND,
      elapsed: elapsed === undefined ? null : elapsed / SECOND,
      requests,
      allowed,
      before,
      spent: here.failed,
      left: allowed > 0 ? 1 - (before + here.failed) / allowed : null,
    },
  };
}

/** Burn rates at the end of every window of the first replication, by how far they look back. */
export function burnOf(
  scenario: Scenario,
  { availability: target, of }: Availability,
  records: readonly RunRecord[],
): Pick<ObjectiveResult, "burn"> {
  if (target >= 1) return {};
  const { window, run, monitoring } = scenario;
  // Read at every window, however seldom monitoring looks.
  const watched = { ...scenario, monitoring: { ...monitoring, scrape: window } };
  const telemetry = telemetryOf(watched, records, records[0]!);
  const first = Math.ceil(run["warm-up"] / window) + 1;
  const last = Math.floor(run.duration / window);
  return {
    burn: BURN_WINDOWS.map((over) => {
      const rates = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
        // Closed at its left end: the growth over exactly so long.
        const wanted = { now: (first + index) * window, over: over + window };
        const grown = telemetry.requests(wanted, of);
        return grown && grown.ended > 0 ? grown.failed / grown.ended / (1 - target) : 0;
      });
      return {
        over: over / SECOND,
        most: rates.reduce((most, rate) => Math.max(most, rate), 0),
        end: rates.at(-1) ?? 0,
      };
    }),
  };
}

/** Satisfied up to T, tolerating up to 4T, frustrated beyond or by a failure. */
export function apdexOf(
  bound: Duration,
  runs: readonly (readonly ClassRecord[])[],
): Pick<ObjectiveResult, "apdex"> {
  const classes = runs.flat();
  const within = (time: Duration) => sum(classes, ({ latency }) => countWithin(latency, time));
  const ended = mean(runs, (run) => endedIn([run]).total) * runs.length;
  const satisfied = within(bound);
  const tolerating = within(4 * bound) - satisfied;
  return { apdex: { t: bound / SECOND, score: shareOf(satisfied + tolerating / 2, ended) } };
}

/** How many nines an availability has: 3 of 99.9 %; null when nothing failed or nothing ended. */
export function ninesOf(availability: number | null): number | null {
  return availability === null || availability >= 1 ? null : -log(1 - availability) / log(10);
}

/** Values up to a time, to the bucket it falls in (0.8 %). */
function countWithin({ indices, counts }: SparseHistogram, time: Duration): number {
  const probe = new Histogram();
  probe.record(time);
  const bucket = probe.toSparse().indices[0]!;
  return sum(
    [...indices].map((index, place) => (index <= bucket ? counts[place]! : 0)),
    (count) => count,
  );
}
