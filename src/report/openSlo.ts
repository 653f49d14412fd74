/**
 * The promises of a scenario as OpenSLO documents, for tools that watch the real platform.
 *
 * Source: OpenSLO specification, openslo/v1. Where the numbers come from is for them to say: queries
 * name what Loadstar counted.
 */
import type { ObjectiveResult, Result } from "../experiment/result.ts";
import { instant } from "./clock.ts";

/** A month, where a promise has no window of its own. */
const USUAL_PERIOD = 30 * 86_400;

/** Null where nothing was promised. */
export async function openSlo(result: Result): Promise<string | null> {
  if (result.objectives.length === 0) return null;
  const { stringify } = await import("yaml");
  const documents = result.objectives.map((objective, place) =>
    stringify(documentOf(objective, place, result), { lineWidth: 100 }),
  );
  return documents.join("---\n");
}

function documentOf(objective: ObjectiveResult, place: number, { scenario: service, run }: Result) {
  const { kind, of, percentile, target, period, slices } = objective;
  const named = `${service}-${place + 1}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  const subject = of ?? "all";
  const isSliced = kind === "slices";
  const each = isSliced ? slices!.each : target;
  const share = percentile === null ? each : Number(percentile.slice(1)) / 100;
  const good = percentile === null ? `succeeded of ${subject}` : `of ${subject} within ${each} s`;
  const counted = (query: string) => ({ metricSource: { type: "loadstar", spec: { query } } });
  return {
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: { name: named, displayName: objective.name },
    spec: {
      description: objective.name,
      service,
      indicator: {
        metadata: { name: `${named}-ratio` },
        spec: {
          ratioMetric: {
            counter: true,
            good: counted(`requests ${good}`),
            total: counted(`requests of ${subject}`),
          },
        },
      },
      timeWindow: [windowOf(period, run.clock)],
      budgetingMethod: isSliced ? "Timeslices" : "Occurrences",
      objectives: [
        {
          displayName: objective.name,
          target: Number((isSliced ? target : share).toFixed(9)),
          ...(isSliced && {
            timeSliceTarget: Number(share.toFixed(9)),
            timeSliceWindow: shorthand(slices!.length),
          }),
        },
      ],
    },
  };
}

/** A calendar window began so long before the run, on the clock of Greenwich. */
function windowOf(period: ObjectiveResult["period"], clock: string | null) {
  const duration = shorthand(period?.length ?? USUAL_PERIOD);
  if (period === undefined || period.elapsed === null) return { duration, isRolling: true };
  const began = instant(clock, -period.elapsed - aheadOfUtc(clock));
  const startTime = began?.slice(0, 19).replace("T", " ");
  return {
    duration,
    isRolling: false,
    ...(startTime && { calendar: { startTime, timeZone: "UTC" } }),
  };
}

/** Seconds by which a clock is ahead of that of Greenwich. */
function aheadOfUtc(clock: string | null): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(clock ?? "") ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return sign === "-" ? -seconds : seconds;
}

/** Durations of OpenSLO have one letter: m, h, d or w. */
function shorthand(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3600, "h"],
  ] as const;
  const fit = units.find(([size]) => seconds % size === 0);
  return fit ? `${seconds / fit[0]}${fit[1]}` : `${Math.max(1, Math.ceil(seconds / 60))}m`;
}
