/** KEDA: polls its triggers to start the first replica and stop the last; its HPA does the rest. */
import { z } from "zod";
import { MILLISECOND, SECOND, type Duration } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { levelKind, metricOf, metricSchema, type MetricSpec } from "../metrics/index.ts";
import { issuesOfLevel, level, levelOf, showLevel } from "../metrics/level.ts";
import type { Metric } from "../metrics/metric.ts";
import { autoscaler, minAboveMax, span, type AutoscalerContext } from "./autoscaler.ts";
import { cronField } from "./cron.ts";
import { CronWindow } from "./cronWindow.ts";
import type { Ratio } from "./hpaArithmetic.ts";
import { HpaController, typeOf, type AdaptedTarget } from "./hpaController.ts";
import { behaviourFields, behaviourNotes } from "./hpaFields.ts";
import {
  Activation,
  Fallback,
  fallbackBehaviours,
  type ActivationVerdict,
} from "./kedaArithmetic.ts";
import { issuesOfTarget } from "./kubernetes-hpa.ts";
import { measuredEvery, measurementFields, type Measure } from "./measure.ts";

const triggerSchema = z
  .strictObject({
    metric: metricSchema.describe("What it goes by; requests and queues count in total."),
    target: level("How much of it is for one replica: lagThreshold, value, threshold."),
    activation: level("Above this it is active.").default(0),
    partitions: count(
      "Partitions of the topic it reads: a consumer beyond them would idle, and is not asked for. Without it, allowIdleConsumers.",
      { min: 1, max: 100_000 },
    ).optional(),
  })
  .describe("A trigger.");

type Trigger = z.output<typeof triggerSchema>;

const cronSchema = z
  .strictObject({
    start: cronField("When it begins:"),
    end: cronField("When it ends:"),
    instances: count("Replicas meanwhile, at least.", { min: 1, max: 100_000 }),
  })
  .describe("A cron trigger.");

const options = {
  triggers: z.array(triggerSchema).min(1).describe("The highest count any asks for counts."),
  cron: z
    .array(cronSchema)
    .max(20)
    .describe("Cron triggers, on the clock of the scenario: a floor between two times.")
    .default([]),
  min: count("minReplicaCount.").default(0),
  max: count("maxReplicaCount.", { min: 1, max: 100_000 }).default(100),
  "polling-interval": duration("How often it looks whether any trigger is active.", {
    min: SECOND,
  }).prefault("30 s"),
  cooldown: duration("How long after the last activity it scales to nothing.").prefault("300 s"),
  "initial-cooldown": duration("The same from the start, while nothing has been active.").prefault(
    "0 s",
  ),
  hold: z
    .strictObject({
      for: duration("How long a call waits for an instance before it is refused.", {
        min: MILLISECOND,
      }).prefault("60 s"),
      limit: count("Calls that may wait at once; one more is dropped.", {
        min: 1,
        max: 1_000_000,
      }).default(10_000),
    })
    .describe(
      "Calls that come while there is no instance wait for one; without it they are refused.",
    )
    .optional(),
  fallback: z
    .strictObject({
      "failure-threshold": count(
        "Readings in a row that may be missing, at polls and at decisions of the HPA: failureThreshold.",
      ),
      replicas: count("Replicas for which the trigger then stands.", { max: 100_000 }),
      behaviour: choice(
        "Whether that is so as it is, or the current number in its place: always, if it is higher, or if it is lower.",
        fallbackBehaviours,
      ).default("static"),
    })
    .describe("What a trigger counts as that cannot be read; without it, nothing is done.")
    .optional(),
  tolerance: share("The HPA's: how far from the target the ratio may be.").prefault("10 %"),
  "sync-period": duration("How often the HPA decides.", { min: SECOND }).prefault("15 s"),
  "initialization-period": duration("The HPA's, for utilisation of young pods.").prefault("5 min"),
  ...measurementFields,
  ...behaviourFields,
};

type Settings = z.output<z.ZodObject<typeof options>>;

export const keda = autoscaler({
  kind: "keda",
  summary:
    "KEDA: scales to nothing and back by the activity of its triggers, and between one and many with a HorizontalPodAutoscaler.",
  source:
    "kedacore/keda-docs, content/docs/2.21: reference/scaledobject-spec.md, concepts/scaling-deployments.md; kedacore/keda, pkg/fallback/fallback.go, pkg/scaling/scale_handler.go, pkg/scaling/executor/scale_scaledobjects.go",
  notes: `${behaviourNotes} While there is no instance, calls are refused unless \`hold\` keeps them, as KEDA's HTTP add-on does; held calls are part of backlog and in-flight, and wake the part at the next poll. Each trigger but utilisation has a \`fallback\` of its own: every missing reading counts, of a poll and of the HPA, and one that has fallen back is active and starts the first replica, as from 2.19 on. It polls at the start and then at every interval; at the start nothing has been measured, so that only cron triggers can be active. A trigger that is not known is no reason to scale to nothing, unless it would fall back to nothing. The way back takes up to one polling interval and the start of an instance. Behind \`hold\`, a call whose caller has given up is not served.`,
  example:
    "autoscalers:\n  web: { kind: keda, triggers: [{ metric: in-flight, target: 10 }], max: 40, hold: {} }",
  options,
  check: (settings) => [
    ...minAboveMax(settings),
    ...settings.triggers.flatMap((trigger, index) => issuesOfTrigger(trigger, index)),
    ...issuesOfZero(settings),
    ...issuesOfFallback(settings),
  ],
  most: ({ max }) => max,
  metrics: ({ triggers }) =>
    triggers.map(({ metric }, index) => ({ path: ["triggers", index, "metric"], metric })),
  needsClock: ({ cron }) => (cron.length > 0 ? ["cron"] : null),
  create(settings, context) {
    const { hold } = settings;
    if (hold !== undefined) context.hold(hold.for, hold.limit);
    const scaler = new KedaScaler(settings, context);
    context.agenda.at(0, () => scaler.begin());
    context.agenda.every(settings["polling-interval"], () => scaler.poll());
    context.agenda.every(settings["sync-period"], () => scaler.sync());
  },
});

class KedaScaler {
  private readonly settings: Settings;
  private readonly context: AutoscalerContext;
  private readonly activation: Activation;
  private readonly hpa: HpaController;
  private readonly windows: readonly CronWindow[];
  private readonly metrics: readonly Metric[];
  private readonly measure: Measure;
  private readonly targets: readonly AdaptedTarget[];

  constructor(settings: Settings, context: AutoscalerContext) {
    const { triggers, min, fallback } = settings;
    this.settings = settings;
    this.context = context;
    this.targets = triggers.map((trigger) => targetOf(trigger, fallback));
    const specs = this.targets.map(({ metric }) => metric);
    this.measure = context.measure(measuredEvery(settings["sync-period"], settings), specs);
    this.metrics = specs.map(metricOf);
    this.windows = settings.cron.map(
      ({ start, end }) => new CronWindow(start, end, context.clock!),
    );
    this.activation = new Activation({
      activations: triggers.map(({ metric, activation }) => levelOf(levelKind(metric), activation)),
      cooldown: settings.cooldown,
      initialCooldown: settings["initial-cooldown"],
      min,
      idle: min,
      holdsUnread: fallback?.replicas !== 0,
    });
    const others = () => this.wishesOfCron();
    const { targets } = this;
    const hpa = { ...settings, targets, min: Math.max(1, min), name: "KEDA's HPA", others };
    this.hpa = new HpaController(hpa, context, this.measure);
  }

  /** The poll at the start. Nothing has been measured, which is neither a failure nor a reason to stop. */
  begin(): void {
    if (this.isForced()) this.decide([]);
  }

  poll(): void {
    this.decide(this.values());
  }

  sync(): void {
    this.hpa.sync();
  }

  private decide(values: readonly (number | null)[]): void {
    const { fleet, agenda, scaleTo } = this.context;
    const verdict = this.activation.poll(values, this.isForced(), fleet.desired, agenda.now);
    if (verdict !== null) scaleTo(verdict.wanted, this.reason(verdict, values));
  }

  private isForced(): boolean {
    return this.windows.some((window) => window.isOpen(this.context.agenda.now));
  }

  /** What the triggers say: null when one cannot be read, Infinity when a fallback stands in for it. */
  private values(): (number | null)[] {
    const view = this.measure.view();
    const replicas = { current: this.context.fleet.desired, ready: view.instances };
    return this.metrics.map((metric, index) => {
      const value = metric.ofPart(view);
      const { adapt, metric: spec, target } = this.targets[index]!;
      const seen = adapt?.(value, levelOf(levelKind(spec), target), replicas) ?? null;
      return value === null && seen !== null ? Infinity : value;
    });
  }

  private reason({ active, quiet }: ActivationVerdict, values: readonly (number | null)[]): string {
    const { triggers } = this.settings;
    if (quiet === null) return "KEDA: no trigger has been active";
    if (active === null) return `KEDA: no trigger active for ${span(quiet)}`;
    if (active < 0) return "KEDA: a cron trigger is active";
    const { metric, activation } = triggers[active]!;
    const level = levelKind(metric);
    const over = showLevel(level, levelOf(level, activation));
    const { title } = metricOf(inTotal(metric));
    if (values[active] === Infinity) return `KEDA: ${title} cannot be read, its fallback is active`;
    return `KEDA: ${title} ${showLevel(level, values[active]!)} above its activation of ${over}`;
  }

  private wishesOfCron(): Ratio[] {
    const now: Duration = this.context.agenda.now;
    return this.settings.cron.map(({ start, end, instances }, index) =>
      this.windows[index]!.isOpen(now)
        ? { desired: instances, arithmetic: `cron from "${start}" to "${end}" → ${instances}` }
        : { desired: 1, arithmetic: "outside its cron triggers" },
    );
  }
}

/** A trigger for the HPA: missing readings are stood in for, lag beyond the partitions is not told. */
function targetOf(
  { metric, target, partitions = Infinity }: Trigger,
  fallback: Settings["fallback"],
): AdaptedTarget {
  const plain = { metric: inTotal(metric), target };
  if (!mayFallBack(metric)) return plain;
  const standIn =
    fallback === undefined
      ? null
      : new Fallback({ ...fallback, failures: fallback["failure-threshold"] }, isShareable(metric));
  return {
    ...plain,
    adapt(value, each, replicas) {
      const told = value === null ? null : Math.min(value, partitions * each);
      return standIn === null ? told : standIn.read(told, each, replicas);
    },
  };
}

/** The product stands in for external metrics, which cpu and memory are not. */
function mayFallBack({ kind }: MetricSpec): boolean {
  return kind !== "utilisation";
}

/** Whether each replica has an average share of it. */
function isShareable(metric: MetricSpec): boolean {
  return typeOf({ metric: inTotal(metric), target: 1 }) === "average-value";
}

/** KEDA's triggers see queues and rates, never one replica's share of them. */
function inTotal(metric: MetricSpec): MetricSpec {
  return "per" in metric ? { ...metric, per: "total" } : metric;
}

function issuesOfTrigger(
  { metric, target, activation, partitions }: Trigger,
  index: number,
): Issue[] {
  const path = ["triggers", index];
  const message = `${metric.kind} is not shared out among consumers; expected backlog or another total`;
  return [
    ...(partitions !== undefined && !isShareable(metric)
      ? [{ path: [...path, "partitions"], message }]
      : []),
    ...issuesOfTarget({ metric: inTotal(metric), target }, path),
    ...issuesOfLevel(levelKind(metric), activation, [...path, "activation"], false),
  ];
}

/** What goes by instances alone finds nothing when there are none, and would never wake. */
function issuesOfZero({ min, triggers, cron, fallback }: Settings): Issue[] {
  const wakes = triggers.some(({ metric }) =>
    fallback === undefined
      ? !["utilisation", "latency"].includes(metric.kind)
      : mayFallBack(metric),
  );
  if (min > 0 || wakes || cron.length > 0) return [];
  const message =
    "nothing would wake it: without instances there is no utilisation or latency; expected another trigger, or `min: 1`";
  return [{ path: ["triggers"], message }];
}

function issuesOfFallback({ fallback, triggers }: Settings): Issue[] {
  if (fallback === undefined || triggers.some(({ metric }) => mayFallBack(metric))) return [];
  const message =
    "no trigger would fall back: that needs one that is not utilisation, such as requests or backlog";
  return [{ path: ["fallback"], message }];
}
