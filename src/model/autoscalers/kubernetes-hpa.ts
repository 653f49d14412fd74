/**
 * Kubernetes HorizontalPodAutoscaler v2: measure, take the ratio to each target, steady the most that
 * is asked for over a window, limit the speed, clamp.
 */
import { z } from "zod";
import { SECOND } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import { formatShare } from "../../schema/format.ts";
import type { Issue } from "../../schema/issue.ts";
import { isShared, levelKind, metricOf, metricSchema } from "../metrics/index.ts";
import { issuesOfLevel, level } from "../metrics/level.ts";
import { autoscaler, minAboveMax } from "./autoscaler.ts";
import { HpaController, targetTypes, typeOf, type TargetSpec } from "./hpaController.ts";
import { behaviourFields, behaviourNotes } from "./hpaFields.ts";
import { measurementFields } from "./measure.ts";

const targetSchema = z.strictObject({
  metric: metricSchema.describe("What it goes by."),
  target: level("What each pod, or the part, should be at."),
  as: choice(
    "The product's type of the metric: Resource, Pods, or Object and External with a Value or an AverageValue. By default, what fits the metric.",
    targetTypes,
  ).optional(),
});

const options = {
  utilisation: share(
    "Utilisation aimed at: busy share of cores where steps declare cpu, else of slots. Short for a metric of type Resource.",
    { min: 0.01 },
  ).optional(),
  metrics: z
    .array(targetSchema)
    .describe("Several metrics, each with its target: the most that any asks for counts.")
    .default([]),
  min: count("minReplicas.", { min: 1 }).default(1),
  max: count("maxReplicas.", { min: 1, max: 100_000 }),
  tolerance: share("How far from the target the ratio may be before anything is done.").prefault(
    "10 %",
  ),
  "sync-period": duration("How often it decides.", { min: SECOND }).prefault("15 s"),
  ...measurementFields,
  "metric-interval": duration("How often metrics are scraped, and what they are averaged over.", {
    min: SECOND,
  }).prefault("15 s"),
  "initialization-period": duration(
    "How long after the start of a pod its first samples of utilisation are looked at with care.",
  ).prefault("5 min"),
  ...behaviourFields,
};

type Settings = z.output<z.ZodObject<typeof options>>;

export const kubernetesHpa = autoscaler({
  kind: "kubernetes-hpa",
  summary:
    "Kubernetes HorizontalPodAutoscaler v2 with targets for one metric or several and the product's defaults.",
  source:
    "kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go and horizontal.go; kubernetes/website, horizontal-pod-autoscale.md",
  notes: `${behaviourNotes} With several metrics the highest count wins; while one of them is unknown it may grow but not shrink. For requests as well: \`metrics: [{ metric: utilisation, target: 60 % }, { metric: requests, target: 100 rps }]\`. A ratio at the very edge of the tolerance changes nothing, \`scale-up\` and \`scale-down\` may each have their own, utilisation is cut off to a whole percent, and a change or recommendation as old as its period no longer counts. Both windows hold at all times, as in later versions of the controller. From one pod it goes to four at the first sync, with the default policies to five.`,
  example: "autoscalers:\n  web: { kind: kubernetes-hpa, utilisation: 60 %, min: 12, max: 80 }",
  options,
  check: (settings) => [...minAboveMax(settings), ...issuesOfTargets(settings)],
  most: ({ max }) => max,
  metrics: (settings) =>
    settings.metrics.map(({ metric }, index) => ({ path: ["metrics", index, "metric"], metric })),
  create(settings, context) {
    const targets = targetsOf(settings);
    const measure = context.measure(
      settings,
      targets.map(({ metric }) => metric),
    );
    const hpa = new HpaController({ ...settings, targets, name: "HPA" }, context, measure);
    context.agenda.every(settings["sync-period"], () => hpa.sync());
  },
});

function targetsOf({ utilisation, metrics }: Settings): TargetSpec[] {
  if (utilisation === undefined) return metrics;
  const target = formatShare(utilisation);
  return [{ metric: { kind: "utilisation", of: "work" }, target }, ...metrics];
}

function issuesOfTargets(settings: Settings): Issue[] {
  const { utilisation, metrics } = settings;
  if (utilisation === undefined && metrics.length === 0) {
    const message =
      "there is nothing to go by; expected `utilisation` or at least one of `metrics`";
    return [{ path: [], message }];
  }
  return metrics.flatMap((spec, index) => issuesOfTarget(spec, ["metrics", index]));
}

/** Mistakes in one target: units that do not fit, and types a metric cannot be of. */
export function issuesOfTarget(spec: TargetSpec, path: Issue["path"]): Issue[] {
  const issues = issuesOfLevel(levelKind(spec.metric), spec.target, [...path, "target"]);
  const type = typeOf(spec);
  const { kind } = spec.metric;
  if (type === "resource" && kind !== "utilisation") {
    const message = `${kind} is not a resource of pods; expected pods, value or average-value`;
    issues.push({ path: [...path, "as"], message });
  }
  if (type === "pods" && !metricOf(spec.metric).ofInstance) {
    const message = `${kind} is not known of each pod; expected value or average-value`;
    issues.push({ path: [...path, "as"], message });
  }
  const isMean = isShared(spec.metric);
  if (type === "average-value" && isMean) {
    const message =
      "an average value is worked out from a total; expected a metric with `per: total`";
    issues.push({ path: [...path, "metric"], message });
  }
  return issues;
}
