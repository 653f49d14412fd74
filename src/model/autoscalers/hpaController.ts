/**
 * The HorizontalPodAutoscaler at work: at each sync it looks at every metric, takes the most any of
 * them asks for, steadies it, limits its speed and clamps it.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Instance } from "../instance.ts";
import type { Level } from "../metrics/level.ts";
import { levelKind, metricOf, type MetricSpec } from "../metrics/index.ts";
import { levelOf, showLevel } from "../metrics/level.ts";
import type { Metric } from "../metrics/metric.ts";
import { over, type AutoscalerContext } from "./autoscaler.ts";
import {
  desiredFor,
  desiredForAverage,
  desiredForValue,
  highest,
  meanTarget,
  utilisationTarget,
  type Pod,
  type Ratio,
  type Tolerance,
} from "./hpaArithmetic.ts";
import { paceOf, toleranceOf, type BehaviourSpec } from "./hpaFields.ts";
import type { Pace } from "./hpaPace.ts";
import type { Replicas } from "./kedaArithmetic.ts";
import type { Measure } from "./measure.ts";

/** The product's metric types: Resource, Pods, and Object or External with its two targets. */
export const targetTypes = ["resource", "pods", "value", "average-value"] as const;
export type TargetType = (typeof targetTypes)[number];

export interface TargetSpec {
  readonly metric: MetricSpec;
  readonly target: string | number;
  readonly as?: TargetType | undefined;
}

/** A target whose metric somebody stands in for, or holds down, before the controller sees it. */
export interface AdaptedTarget extends TargetSpec {
  /** @param value null when it is not known */
  readonly adapt?: (value: number | null, target: number, replicas: Replicas) => number | null;
}

export interface HpaSettings extends BehaviourSpec {
  readonly targets: readonly AdaptedTarget[];
  readonly min: number;
  readonly max: number;
  readonly tolerance: number;
  readonly "initialization-period": Duration;
  /** What its decisions are signed with. */
  readonly name: string;
  /** Counts wanted for reasons that are no measurement. */
  readonly others?: (() => readonly Ratio[]) | undefined;
}

/** How the product would declare a metric, unless the scenario says. */
export function typeOf({ metric, as }: TargetSpec): TargetType {
  if (as !== undefined) return as;
  if (metric.kind === "utilisation") return "resource";
  const isTotal = "per" in metric && metric.per === "total";
  if (isTotal || metric.kind === "backlog") return "average-value";
  return metricOf(metric).ofInstance ? "pods" : "value";
}

/** A metric with its target, ready to be asked how many pods it wants. */
interface Wish {
  readonly metric: Metric;
  readonly level: Level;
  readonly type: TargetType;
  readonly target: number;
  readonly adapt: AdaptedTarget["adapt"];
}

export class HpaController {
  private readonly settings: HpaSettings;
  private readonly context: AutoscalerContext;
  private readonly measure: Measure;
  private readonly wishes: readonly Wish[];
  private readonly pace: Pace;
  private readonly tolerance: Tolerance;

  constructor(settings: HpaSettings, context: AutoscalerContext, measure: Measure) {
    this.settings = settings;
    this.context = context;
    this.measure = measure;
    this.wishes = settings.targets.map((spec) => ({
      metric: metricOf(spec.metric),
      level: levelKind(spec.metric),
      type: typeOf(spec),
      target: levelOf(levelKind(spec.metric), spec.target),
      adapt: spec.adapt,
    }));
    this.tolerance = toleranceOf(settings.tolerance, settings);
    this.pace = paceOf(settings);
  }

  /** Decides once. It leaves a part alone that somebody has scaled to nothing. */
  sync(): void {
    const { fleet, agenda, floor, scaleTo } = this.context;
    const { name, others = () => [] } = this.settings;
    const { min, max } = over(floor, this.settings);
    const current = fleet.desired;
    if (current === 0) return;
    const proposals = this.wishes.map((wish) => this.proposal(wish, current));
    const ratio = highest([...proposals, ...others()], current);
    if (ratio === null) return;
    const limited = this.pace.limit(current, ratio.desired, agenda.now);
    const wanted = Math.min(max, Math.max(min, limited.pods));
    if (wanted === current) return;
    const clamp = wanted === limited.pods ? "" : `, clamped to ${wanted}`;
    scaleTo(wanted, `${name}: ${ratio.arithmetic}${limited.note}${clamp}`);
    this.pace.changed(current, wanted, agenda.now);
  }

  private proposal(wish: Wish, current: number): Ratio | null {
    const ratio = this.ratio(wish, current);
    if (ratio === null || this.wishes.length === 1) return ratio;
    return { ...ratio, arithmetic: `${wish.metric.title}: ${ratio.arithmetic}` };
  }

  private ratio({ metric, level, type, target, adapt }: Wish, current: number): Ratio | null {
    const { tolerance } = this;
    const show = (value: number) => showLevel(level, value);
    if (type === "resource" || type === "pods") {
      const seen = type === "resource" ? this.seenForCpu : this.seen;
      const pods = this.context.fleet.instances.filter(isListed).map((instance) => {
        return seen.call(this, instance, metric);
      });
      const aim =
        level === "share"
          ? utilisationTarget(Math.floor(target * 100 + 0.5))
          : meanTarget(target, show);
      return desiredFor(pods, current, aim, tolerance);
    }
    const view = this.measure.view();
    const measured = metric.ofPart(view);
    const pods = { current, ready: view.instances };
    const value = adapt === undefined ? measured : adapt(measured, target, pods);
    if (value === null) return null;
    if (type === "average-value")
      return desiredForAverage(value, target, current, {
        tolerance,
        show,
        measured: measured ?? value,
      });
    return desiredForValue(value, target, pods, { tolerance, show });
  }

  /** A pod that has not begun to run is ignored; one without a metric is missing. */
  private seen(instance: Instance, metric: Metric): Pod {
    const sample = this.measure.sample(instance);
    const usage = sample && metric.ofInstance!(sample);
    return { usage, ignored: instance.state === "provisioning" };
  }

  /**
   * A young pod counts only when it is ready and its sample's whole window lies after it became so;
   * an older one unless it has yet to start, and when it has died its metric is missing.
   */
  private seenForCpu(instance: Instance, metric: Metric): Pod {
    const sample = this.measure.sample(instance);
    const usage = sample && metric.ofInstance!(sample);
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
