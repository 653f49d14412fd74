/** How each part fared over the measured part of the run. */
import { SECOND } from "../../kernel/time.ts";
import { instanceStates } from "../../model/instance.ts";
import type { PartRecord, PartSnapshot, RunRecord } from "../../model/platform.ts";
import type { PartReading } from "../../model/parts/part.ts";
import type { Estimate, PartResult } from "../result.ts";
import {
  causesOf,
  estimateOf,
  inSeconds,
  latencyOf,
  mean,
  pooled,
  ratio,
  shareOf,
  sum,
} from "./pooling.ts";

/** What one part did between two readings. */
export interface Stretch extends PartSnapshot {
  /** Length [ns]. */
  readonly length: number;
}

/** The difference of two readings. */
export function stretch(from: PartSnapshot, to: PartSnapshot): Stretch {
  const difference = { ...to } as Record<string, unknown>;
  for (const [key, value] of Object.entries(to)) {
    if (typeof value === "number") {
      difference[key] = value - (from[key as keyof PartSnapshot] as number);
    } else {
      const start = from[key as keyof PartSnapshot] as unknown as Float64Array;
      difference[key] = value.map((each: number, index: number) => each - start[index]!);
    }
  }
  difference["queueLengthMax"] = to.queueLengthMax;
  difference["length"] = to.at - from.at;
  return difference as unknown as Stretch;
}

export function partResults(records: readonly RunRecord[], confidence: number): PartResult[] {
  return records[0]!.parts.map((_, index) =>
    partResult(
      records.map(({ parts }) => parts[index]!),
      confidence,
    ),
  );
}

function partResult(runs: readonly PartRecord[], confidence: number): PartResult {
  const measured = runs.map(({ warm, snapshots }) => stretch(warm, snapshots.at(-1)!));
  const { name, kind, resource, keeps, guards, waitingTime, serviceTime } = runs[0]!;
  const hasSlots = resource !== null;
  return {
    name,
    kind,
    resource,
    calls: callsOf(runs, measured),
    utilisation: hasSlots ? utilisationOf(measured) : null,
    queueLength: hasSlots
      ? {
          mean: sum(measured, (each) => each.queueTime) / sum(measured, (each) => each.length),
          max: Math.max(...measured.map((each) => each.queueLengthMax)),
        }
      : null,
    waitingTime: waitingTime && latencyOf(pooled(runs.map((run) => run.waitingTime!))),
    serviceTime: serviceTime && latencyOf(pooled(runs.map((run) => run.serviceTime!))),
    workTime: resource === "cores" ? workTimeOf(measured) : null,
    wasted: hasSlots
      ? shareOf(
          sum(measured, (each) => each.wastedTime),
          sum(measured, (each) => each.slotBusyTime),
        )
      : null,
    cache: keeps ? cacheOf(measured) : null,
    ...(guards.length > 0 && { guards: guardsOf(guards, measured) }),
    ...hardwareOf(measured),
    fleet: fleetOf(runs, measured),
    estimates: hasSlots ? estimatesOf(runs, measured, confidence) : {},
  };
}

function callsOf(runs: readonly PartRecord[], measured: readonly Stretch[]): PartResult["calls"] {
  return {
    arrived: sum(measured, ({ arrived }) => arrived) + sum(runs, (run) => run.inFlightAtWarmUp),
    ok: sum(measured, ({ resolved }) => resolved[0]!),
    failed: causesOf(measured.map(({ resolved }) => resolved)),
    inFlight: sum(runs, ({ inFlight }) => inFlight),
    ...(measured[0]?.neverSent !== undefined && {
      neverSent: sum(measured, ({ neverSent }) => neverSent!),
    }),
  };
}

/** Busy share of what the serving instances had to offer; null when none served. */
export function utilisationOf(stretches: readonly Stretch[]): number | null {
  return shareOf(
    sum(stretches, ({ busyTime }) => busyTime),
    sum(stretches, ({ servingTime }) => servingTime),
  );
}

/** Core time of a call [s]. */
function workTimeOf(stretches: readonly Stretch[]): number | null {
  const worked = sum(stretches, ({ busyTime }) => busyTime);
  return inSeconds(
    ratio(
      worked,
      sum(stretches, ({ servedCount }) => servedCount),
    ),
  );
}

/** Share of look-ups that were answered without the part behind. */
export function hitRatioOf(stretches: readonly Stretch[]): number | null {
  const hits = sum(stretches, (each) => each.hits);
  return shareOf(hits, hits + sum(stretches, (each) => each.misses + each.coalesced));
}

function cacheOf(measured: readonly Stretch[]): NonNullable<PartResult["cache"]> {
  return {
    hits: sum(measured, ({ hits }) => hits),
    misses: sum(measured, ({ misses }) => misses),
    coalesced: sum(measured, ({ coalesced }) => coalesced),
    evictions: sum(measured, ({ evictions }) => evictions),
    stale: sum(measured, ({ stale }) => stale),
    filtered: sum(measured, ({ filtered }) => filtered),
    hitRatio: hitRatioOf(measured),
  };
}

/** Busy shares of disks and networks; nothing where there are none. */
function hardwareOf(measured: readonly Stretch[]): Pick<PartResult, "hardware"> {
  const { diskTime, networkTime } = measured[0]!;
  if (diskTime === undefined && networkTime === undefined) return {};
  const busy = (used: keyof PartReading, offered: keyof PartReading) =>
    shareOf(
      sum(measured, (each) => each[used] ?? 0),
      sum(measured, (each) => each[offered] ?? 0),
    );
  return {
    hardware: {
      disk: busy("diskBusyTime", "diskTime"),
      network: busy("networkBusyTime", "networkTime"),
    },
  };
}

function guardsOf(names: readonly string[], measured: readonly Stretch[]) {
  return names.map((name, index) => {
    const total = (position: number) =>
      sum(measured, ({ guards }) => guards![index * 4 + position]!);
    return {
      name,
      admitted: total(0),
      rejected: total(1),
      delayed: total(2),
      degraded: total(3),
    };
  });
}

function fleetOf(runs: readonly PartRecord[], measured: readonly Stretch[]): PartResult["fleet"] {
  const fleets = runs.flatMap(({ fleet }) => fleet ?? []);
  if (fleets.length === 0) return null;
  const ready = instanceStates.indexOf("ready");
  return {
    type: fleets[0]!.type ?? "",
    initial: fleets[0]!.initial,
    peak: Math.max(...fleets.map(({ peak }) => peak)),
    readyMin: Math.min(...fleets.map(({ readyMin }) => readyMin)),
    readyMean: mean(measured, ({ stateTime, length }) => stateTime[ready]! / length),
  };
}

function estimatesOf(
  runs: readonly PartRecord[],
  measured: readonly Stretch[],
  confidence: number,
): Record<string, Estimate> {
  const waits = runs.map(({ waitingTime }) => latencyOf(pooled([waitingTime!])));
  const over = (values: readonly (number | null)[]) => estimateOf(values, confidence);
  return {
    utilisation: over(measured.map((each) => utilisationOf([each]))),
    queueLength: over(measured.map((each) => each.queueTime / each.length)),
    waitingTime: over(waits.map((wait) => wait.mean)),
    throughput: over(measured.map(({ resolved, length }) => (resolved[0]! / length) * SECOND)),
    failed: over(
      measured.map(({ arrived, resolved }) =>
        ratio(
          sum([...resolved.subarray(1)], (count) => count),
          arrived,
        ),
      ),
    ),
  };
}
