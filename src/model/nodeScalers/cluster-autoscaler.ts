/**
 * The Kubernetes Cluster Autoscaler: at every scan, launches the nodes that pending pods need; where
 * there are none, removes nodes that have been little used for long and whose pods fit elsewhere.
 */
import type { Duration } from "../../kernel/time.ts";
import { MILLISECOND } from "../../kernel/time.ts";
import { count, duration, share } from "../../schema/fields.ts";
import { minAboveMax } from "../autoscalers/autoscaler.ts";
import type { Instance } from "../instance.ts";
import type { Node } from "../nodePool.ts";
import { couldLeave, launchFor, nodeScaler, type NodeScalerContext } from "./nodeScaler.ts";

interface Settings {
  readonly min: number;
  readonly max: number;
  readonly "scan-interval": Duration;
  readonly "unneeded-time": Duration;
  readonly "utilisation-threshold": number;
  readonly "delay-after-add": Duration;
  readonly "empty-at-once": number;
}

export const clusterAutoscaler = nodeScaler({
  kind: "cluster-autoscaler",
  summary: "Looks at pending pods at an interval, and removes nodes little used for ten minutes.",
  source: "kubernetes/autoscaler cluster-autoscaler/FAQ.md (the defaults of its flags)",
  notes:
    "A node is little used if less than the threshold of both its cores and its memory is asked for. Empty ones leave several at once, others one at a scan. Pods are packed first fit on nodes of the pool's one type; there is no expander to choose among types.",
  example: "nodes:\n  general: { cores: 4, scaler: { kind: cluster-autoscaler, min: 1, max: 10 } }",
  options: {
    min: count("The fewest nodes.").default(1),
    max: count("The most nodes.", { min: 1, max: 10_000 }),
    "scan-interval": duration("How often it looks: scan-interval.", {
      min: MILLISECOND,
    }).prefault("10 s"),
    "unneeded-time": duration(
      "How long a node must have been little used: scale-down-unneeded-time.",
    ).prefault("10 min"),
    "utilisation-threshold": share(
      "Below which share of its cores and memory a node is little used: scale-down-utilization-threshold.",
    ).prefault("50 %"),
    "delay-after-add": duration(
      "How long after nodes were launched none is removed: scale-down-delay-after-add.",
    ).prefault("10 min"),
    "empty-at-once": count("Empty nodes removed at one scan: max-empty-bulk-delete.", {
      min: 1,
    }).default(10),
  },
  check: minAboveMax,
  most: ({ max }) => max,
  create(settings, context) {
    const scaler = new ClusterAutoscaler(settings, context);
    context.agenda.every(settings["scan-interval"], () => scaler.scan());
  },
});

class ClusterAutoscaler {
  private readonly settings: Settings;
  private readonly context: NodeScalerContext;
  /** When nodes were last launched [ns] -- state. */
  private addedAt: Duration = -Infinity;
  /** Since when nodes have been unneeded at every scan [ns] -- state. */
  private readonly unneeded = new Map<Instance, Duration>();

  constructor(settings: Settings, context: NodeScalerContext) {
    this.settings = settings;
    this.context = context;
  }

  scan(): void {
    const { agenda, pool } = this.context;
    const { max } = this.settings;
    if (launchFor(pool, max, "cluster autoscaler") > 0) this.addedAt = agenda.now;
    const idle = this.stillUnneeded();
    if (agenda.now - this.addedAt >= this.settings["delay-after-add"]) this.shrink(idle);
  }

  /** Nodes that are unneeded, with since when noted. */
  private stillUnneeded(): Node[] {
    const { agenda, pool } = this.context;
    const { "utilisation-threshold": threshold } = this.settings;
    const idle = pool.up().filter((node) => pool.used(node) < threshold && couldLeave(node, pool));
    const before = new Map(this.unneeded);
    this.unneeded.clear();
    for (const { instance } of idle)
      this.unneeded.set(instance, before.get(instance) ?? agenda.now);
    return idle;
  }

  private shrink(idle: readonly Node[]): void {
    const { agenda, pool } = this.context;
    const { min, "unneeded-time": long, "empty-at-once": most } = this.settings;
    const due = idle.filter(({ instance }) => agenda.now - this.unneeded.get(instance)! >= long);
    const empty = due.filter(({ pods }) => pods.size === 0).slice(0, most);
    for (const node of empty.length > 0 ? empty : due.slice(0, 1)) {
      if (pool.fleet.desired > min) this.remove(node);
    }
  }

  private remove(node: Node): void {
    const { agenda, pool } = this.context;
    const since = agenda.now - this.unneeded.get(node.instance)!;
    const used = `${(pool.used(node) * 100).toFixed(0)} %`;
    pool.fleet.remove(
      node.instance,
      `cluster autoscaler: ${used} of it asked for, unneeded for ${(since / 1e9).toFixed(0)} s`,
    );
  }
}
