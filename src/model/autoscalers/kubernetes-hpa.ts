/**
 * Kubernetes HorizontalPodAutoscaler v2 on CPU utilisation: measure, take the ratio to the target,
 * steady it over a window, limit the speed, clamp.
 */
import { z } from "zod";
import { choice, count, duration, share } from "../../schema/fields.ts";
import { SECOND } from "../../kernel/time.ts";
import type { Instance } from "../instance.ts";
import type { Monitor } from "../monitor.ts";
import { autoscaler, minAboveMax, type AutoscalerContext } from "./autoscaler.ts";
import { Behaviour, desiredPods, type Direction, type Pod, type Policy } from "./hpaArithmetic.ts";

const policySchema = z.union([
  z.strictObject({
    percent: count("Change allowed in a period, in percent of the pods.", { min: 1 }),
    period: duration("The period.", { min: SECOND }),
  }),
  z.strictObject({
    pods: count("Change allowed in a period, in pods.", { min: 1 }),
    period: duration("The period.", { min: SECOND }),
  }),
]);

const select = choice("Which policy decides.", ["max", "min", "disabled"]).default("max");

const upSchema = z
  .strictObject({
    window: duration("Over which the lowest recommendation counts.").prefault("0 s"),
    policies: z
      .array(policySchema)
      .min(1)
      .describe("How fast it may grow.")
      .prefault([
        { percent: 100, period: "15 s" },
        { pods: 4, period: "15 s" },
      ]),
    select,
  })
  .describe("How it may grow.");

const downSchema = z
  .strictObject({
    window: duration("Over which the highest recommendation counts.").prefault("300 s"),
    policies: z
      .array(policySchema)
      .min(1)
      .describe("How fast it may shrink.")
      .prefault([{ percent: 100, period: "15 s" }]),
    select,
  })
  .describe("How it may shrink.");

const options = {
  utilisation: share(
    "Utilisation aimed at: busy share of cores where steps declare cpu, else of slots.",
    {
      min: 0.01,
    },
  ),
  min: count("minReplicas.", { min: 1 }).default(1),
  max: count("maxReplicas.", { min: 1, max: 100_000 }),
  tolerance: share("How far from the target the ratio may be before anything is done.").prefault(
    "10 %",
  ),
  "sync-period": duration("How often it decides.", { min: SECOND }).prefault("15 s"),
  "metric-interval": duration("How often utilisation is scraped, and what it is averaged over.", {
    min: SECOND,
  }).prefault("15 s"),
  "initialization-period": duration(
    "How long after the start of a pod its first samples are looked at with care.",
  ).prefault("5 min"),
  "scale-up": upSchema.prefault({}),
  "scale-down": downSchema.prefault({}),
};

export const kubernetesHpa = autoscaler({
  kind: "kubernetes-hpa",
  summary:
    "Kubernetes HorizontalPodAutoscaler v2 with a utilisation target and the product's defaults.",
  source:
    "kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go and horizontal.go; kubernetes/website, horizontal-pod-autoscale.md",
  example: "autoscalers:\n  web: { kind: kubernetes-hpa, utilisation: 60 %, min: 12, max: 80 }",
  options,
  check: minAboveMax,
  create(settings, context) {
    const hpa = new HorizontalPodAutoscaler(settings, context);
    context.agenda.every(settings["sync-period"], () => hpa.sync());
  },
});

type Settings = z.output<z.ZodObject<typeof options>>;

class HorizontalPodAutoscaler {
  private readonly settings: Settings;
  private readonly context: AutoscalerContext;
  private readonly monitor: Monitor;
  private readonly behaviour: Behaviour;

  constructor(settings: Settings, context: AutoscalerContext) {
    this.settings = settings;
    this.context = context;
    this.monitor = context.monitor(settings["metric-interval"]);
    this.behaviour = new Behaviour(
      directionOf(settings["scale-up"]),
      directionOf(settings["scale-down"]),
    );
  }

  sync(): void {
    const { fleet, agenda } = this.context;
    const { utilisation, tolerance, min, max } = this.settings;
    const current = fleet.desired;
    const pods = fleet.instances.filter(isListed).map((instance) => this.seen(instance));
    const target = Math.floor(utilisation * 100 + 0.5);
    const ratio = desiredPods(pods, current, target, tolerance);
    if (ratio === null) return;
    const limited = this.behaviour.limit(current, ratio.desired, agenda.now);
    const wanted = Math.min(max, Math.max(min, limited.pods));
    if (wanted === current) return;
    const clamp = wanted === limited.pods ? "" : `, clamped to ${wanted}`;
    fleet.scaleTo(wanted, `HPA: ${ratio.arithmetic}${limited.note}${clamp}`);
    this.behaviour.changed(current, wanted, agenda.now);
  }

  /**
   * A young pod counts only when it is ready and its sample's whole window lies after it became so;
   * an older one unless it has yet to start, and when it has died its metric is missing.
   */
  private seen(instance: Instance): Pod {
    const sample = this.monitor.sample(instance);
    const usage = sample?.utilisation ?? null;
    const age = this.context.agenda.now - instance.launchedAt;
    if (age < this.settings["initialization-period"]) {
      const tooEarly = sample !== null && sample.from < instance.stateSince;
      return { usage, ignored: instance.state !== "ready" || tooEarly };
    }
    return { usage, ignored: instance.state === "provisioning" || instance.state === "starting" };
  }
}

/** Pods that are going or gone are not the controller's any more. */
function isListed({ state }: Instance): boolean {
  return state !== "gone" && state !== "draining";
}

function directionOf({ window, policies, select: word }: Settings["scale-up"]): Direction {
  return { window, select: word, policies: policies.map(policyOf) };
}

function policyOf(spec: Settings["scale-up"]["policies"][number]): Policy {
  const kind = "pods" in spec ? "pods" : "percent";
  return { kind, value: "pods" in spec ? spec.pods : spec.percent, period: spec.period };
}
