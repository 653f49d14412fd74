/** What became of the requests: per class, and of all classes together. */
import { inFlight } from "../../model/classMeter.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import type { ClassResult, Estimate } from "../result.ts";
import {
  causesOf,
  estimateOf,
  inSeconds,
  latencyOf,
  percentileEstimate,
  pooled,
  ratio,
  shareOf,
  sum,
} from "./pooling.ts";
import { tailOf } from "./spread.ts";

/** The classes a number is about: the one named, or all of those that are no attack. */
export function judged(classes: readonly ClassRecord[], of?: string | null): ClassRecord[] {
  return classes.filter(({ name, attack }) => (of == null ? !attack : name === of));
}

/** One class, or several together, over all replications. */
export function summariseClasses(
  runs: readonly (readonly ClassRecord[])[],
  confidence: number,
): Omit<ClassResult, "name" | "workload" | "attack"> {
  const records = runs.flat();
  const latencies = pooled(records.map(({ latency }) => latency));
  return {
    generated: sum(records, ({ measured }) => measured.generated),
    succeeded: sum(records, ({ measured }) => measured.succeeded),
    failed: causesOf(records.map(({ measured }) => measured.failed)),
    inFlight: sum(records, ({ measured }) => inFlight(measured)),
    attempts: sum(records, ({ measured }) => measured.attempts),
    latency: latencyOf(latencies),
    tail: tailOf(latencies),
    estimates: estimatesOf(runs, confidence),
  };
}

export function classResults(records: readonly RunRecord[], confidence: number): ClassResult[] {
  return records[0]!.classes.map(({ name, workload, attack }, index) => {
    const runs = records.map(({ classes }) => [classes[index]!]);
    return { name, workload, attack, ...summariseClasses(runs, confidence) };
  });
}

function estimatesOf(
  runs: readonly (readonly ClassRecord[])[],
  confidence: number,
): Record<string, Estimate> {
  const latencies = runs.map((run) => pooled(run.map(({ latency }) => latency)).toSparse());
  const means = latencies.map(({ sum: total, count }) => inSeconds(ratio(total, count)));
  const names = ["p50", "p90", "p95", "p99", "p99.9"] as const;
  const estimates = names.map(
    (name) => [name, percentileEstimate(latencies, name, confidence)] as const,
  );
  const availabilities = runs.map(availability);
  return Object.fromEntries([
    ["mean", estimateOf(means, confidence)],
    ...estimates,
    ["availability", estimateOf(availabilities, confidence)],
  ]);
}

/** Requests that succeeded, of those that ended; null when none ended. */
export function availability(classes: readonly ClassRecord[]): number | null {
  const succeeded = sum(classes, ({ measured }) => measured.succeeded);
  const ended = sum(classes, ({ measured }) => measured.generated - inFlight(measured));
  return shareOf(succeeded, ended);
}
