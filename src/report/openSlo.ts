/**
 * The promises of a scenario as OpenSLO documents, for tools that watch the real platform.
 *
 * Source: OpenSLO specification, openslo/v1. Where the numbers come from is for them to say: queries
 * name what Loadstar counted.
 */
import type { ObjectiveResult, Result } from "../experiment/result.ts";

/** A month, where a promise has no window of its own. */
const USUAL_PERIOD = 30 * 86_400;

/** Null where nothing was promised. */
export async function openSlo(result: Result): Promise<string | null> {
  if (result.objectives.length === 0) return null;
  const { stringify } = await import("yaml");
  const documents = result.objectives.map((objective, place) =>
    stringify(documentOf(objective, place, result.scenario), { lineWidth: 100 }),
  );
  return documents.join("---\n");
}

function documentOf(objective: ObjectiveResult, place: number, service: string) {
  const { kind, of, percentile, target, period, slices } = objective;
  const named = `${service}-${place + 1}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  const subject = of ?? "all";
  const isAvailability = kind === "availability";
  const share = isAvailability ? target : Number(percentile!.slice(1)) / 100;
  const good = isAvailability ? `succeeded of ${subject}` : `of ${subject} within ${target} s`;
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
      timeWindow: [{ duration: shorthand(period?.length ?? USUAL_PERIOD), isRolling: true }],
      budgetingMethod: slices ? "Timeslices" : "Occurrences",
      objectives: [
        {
          displayName: objective.name,
          target: Number(share.toFixed(9)),
          ...(slices && {
            timeSliceTarget: Number(share.toFixed(9)),
            timeSliceWindow: shorthand(slices.length),
          }),
        },
      ],
    },
  };
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
