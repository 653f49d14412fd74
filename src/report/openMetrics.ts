/**
 * openmetrics.txt: the numbers of a report for whoever keeps time series, in the text format of
 * OpenMetrics 1.0, which Prometheus reads too.
 *
 * A run that is over counts nothing any more: its counts are gauges. Numbers that do not exist are
 * left out.
 */
import type { Latency, Result } from "../experiment/result.ts";

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number | null;
  /** What follows the family's name, in a summary: "_count". */
  readonly suffix?: string;
}

interface Family {
  /** Without the prefix; ends with the unit where it has one. */
  readonly name: string;
  readonly type: "gauge" | "summary";
  readonly unit?: "seconds" | "ratio";
  readonly help: string;
  readonly samples: readonly Sample[];
}

const quantiles = {
  p50: "0.5",
  p90: "0.9",
  p95: "0.95",
  p99: "0.99",
  "p99.9": "0.999",
  "p99.99": "0.9999",
} as const;

export function openMetrics(result: Result): string {
  const told = families(result).map((family) => familyLines(family, result));
  return `${[...told.flat(), "# EOF"].join("\n")}\n`;
}

function families(result: Result): Family[] {
  return [...ofRun(result), ...ofClasses(result), ...ofParts(result)];
}

function ofRun(result: Result): Family[] {
  const { run, objectives, availability, cost } = result;
  const numbered = objectives.map(({ name }, place) => ({ objective: name, place: `${place}` }));
  return [
    gauge("run_info", "What the numbers are from.", [
      {
        labels: {
          title: result.title,
          seed: result.seed,
          engine: result.engine,
          fingerprint: result.fingerprint,
        },
        value: 1,
      },
    ]),
    gauge("replications", "Independent runs behind the numbers.", [one(run.replications)]),
    gauge("duration_seconds", "Simulated time of a replication.", [one(run.duration)], "seconds"),
    gauge(
      "availability_ratio",
      "Requests that succeeded, of those that ended.",
      [one(availability.byRequest)],
      "ratio",
    ),
    gauge(
      "objective_met",
      "1 where the objective was met.",
      objectives.map(({ met }, place) => ({ labels: numbered[place]!, value: met ? 1 : 0 })),
    ),
    gauge(
      "objective_budget_spent_ratio",
      "Failures over those that the objective allows.",
      objectives.map(({ budget }, place) => ({
        labels: numbered[place]!,
        value: budget && budget.allowed > 0 ? budget.spent / budget.allowed : null,
      })),
      "ratio",
    ),
    gauge(
      "cost",
      "Cost of the machines of a part over the run, in the currency of the label.",
      cost.parts.map(({ part, type, total }) => ({
        labels: { part, type, currency: cost.currency },
        value: Number(total),
      })),
    ),
  ];
}

function ofClasses({ classes }: Result): Family[] {
  const outcomes = classes.flatMap(({ name, succeeded, failed, inFlight }) => {
    const counts = { ok: succeeded, ...failed, "in-flight": inFlight };
    return Object.entries(counts).map(([outcome, value]) => ({
      labels: { class: name, outcome },
      value,
    }));
  });
  return [
    gauge("requests", "Requests of the measured part, of all replications, by outcome.", outcomes),
    gauge(
      "attempts",
      "Attempts made for them, the first included.",
      classes.map(({ name, attempts }) => ({ labels: { class: name }, value: attempts })),
    ),
    summary(
      "latency_seconds",
      "From the wish to the answer, of requests that succeeded.",
      classes.map(({ name, latency }) => [{ class: name }, latency]),
    ),
  ];
}

function ofParts({ parts }: Result): Family[] {
  const each = (pick: (part: Result["parts"][number]) => number | null | undefined) =>
    parts.map((part) => ({ labels: { part: part.name }, value: pick(part) ?? null }));
  const calls = parts.flatMap(({ name, calls: { ok, failed, inFlight } }) =>
    Object.entries({ ok, ...failed, "in-flight": inFlight }).map(([outcome, value]) => ({
      labels: { part: name, outcome },
      value,
    })),
  );
  return [
    gauge("calls", "Calls of a part, of all replications, by outcome.", calls),
    gauge(
      "utilisation_ratio",
      "Busy share of its slots or cores.",
      each(({ utilisation }) => utilisation),
      "ratio",
    ),
    gauge(
      "queue_length",
      "Calls waiting, a mean over time.",
      each(({ queueLength }) => queueLength?.mean),
    ),
    gauge(
      "instances_ready",
      "Instances ready, a mean over time.",
      each(({ fleet }) => fleet?.readyMean),
    ),
    gauge(
      "cache_hit_ratio",
      "Look-ups answered without the part behind.",
      each(({ cache }) => cache?.hitRatio),
      "ratio",
    ),
    summary(
      "waiting_time_seconds",
      "In the queue of a part.",
      parts.flatMap(({ name, waitingTime }) =>
        waitingTime ? [[{ part: name }, waitingTime]] : [],
      ),
    ),
    summary(
      "service_time_seconds",
      "From the start of service to the answer.",
      parts.flatMap(({ name, serviceTime }) =>
        serviceTime ? [[{ part: name }, serviceTime]] : [],
      ),
    ),
  ];
}

function one(value: number | null): Sample {
  return { labels: {}, value };
}

function gauge(
  name: string,
  help: string,
  samples: readonly Sample[],
  unit?: "seconds" | "ratio",
): Family {
  return { name, type: "gauge", help, samples, ...(unit && { unit }) };
}

function summary(
  name: string,
  help: string,
  latencies: readonly (readonly [Labels, Latency])[],
): Family {
  const samples = latencies.flatMap(([labels, latency]): Sample[] => [
    ...Object.entries(quantiles).map(([percentile, quantile]) => ({
      labels: { ...labels, quantile },
      value: latency[percentile as keyof typeof quantiles],
    })),
    { suffix: "_count", labels, value: latency.count },
    { suffix: "_sum", labels, value: (latency.mean ?? 0) * latency.count },
  ]);
  return { name, type: "summary", unit: "seconds", help, samples };
}

/** Nothing for a family that nobody has a number for. */
function familyLines({ name, type, unit, help, samples }: Family, result: Result): string[] {
  const full = `loadstar_${name}`;
  const { scenario, variant, runId } = result;
  const origin = { scenario, ...(variant !== null && { variant }), run: runId };
  const lines = samples.flatMap(({ labels, value, suffix = "" }) =>
    value === null ? [] : [`${full}${suffix}${labelled({ ...origin, ...labels })} ${value}`],
  );
  if (lines.length === 0) return [];
  return [
    `# TYPE ${full} ${type}`,
    ...(unit ? [`# UNIT ${full} ${unit}`] : []),
    `# HELP ${full} ${help}`,
    ...lines,
  ];
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${quoted(value)}"`);
  return `{${pairs.join(",")}}`;
}

function quoted(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
