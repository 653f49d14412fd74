/**
 * The Kubernetes Cluster Autoscaler: at every scan, launches the nodes that pending pods need, all of
 * the one group that its expander chooses; where there are none, removes nodes that have been little
 * used for long and whose pods fit elsewhere. A group whose nodes do not come is left alone for a while.
 */
import type { Duration } from "../../kernel/time.ts";
import { MILLISECOND } from "../../kernel/time.ts";
import { count, duration, share } from "../../schema/fields.ts";
import { make } from "../../schema/definition.ts";
import { minAboveMax } from "../autoscalers/autoscaler.ts";
import type { Expander, Expansion } from "../expanders/expander.ts";
import { expanders, expanderSchema, type ExpanderSpec } from "../expanders/index.ts";
import { seconds } from "../fleetTerms.ts";
import type { Instance } from "../instance.ts";
import type { Node } from "../nodePool.ts";
import type { NodeType } from "../nodeType.ts";
import { fits, nodesNeeded, type Room } from "../packing.ts";
import { GroupBackOff, type BackOffSettings } from "./backOff.ts";
import { couldLeave, launchFor, nodeScaler, provisionTimeout } from "./nodeScaler.ts";
import { unhoused, type NodeScalerContext } from "./nodeScaler.ts";

interface Settings extends BackOffSettings {
  readonly min: number;
  readonly max: number;
  readonly "scan-interval": Duration;
  readonly "unneeded-time": Duration;
  readonly "utilisation-threshold": number;
  readonly "delay-after-add": Duration;
  readonly "empty-at-once": number;
  readonly expander: ExpanderSpec;
  readonly "provision-timeout": Duration;
}

export const clusterAutoscaler = nodeScaler({
  kind: "cluster-autoscaler",
  summary: "Looks at pending pods at an interval, and removes nodes little used for ten minutes.",
  source:
    "kubernetes/autoscaler cluster-autoscaler/FAQ.md (the defaults of its flags), estimator/binpacking_estimator.go, utils/backoff/exponential_backoff.go",
  notes:
    "A node is little used if less than the threshold of both its cores and its memory is asked for. Empty ones leave several at once, others one at a scan. Each of the pool's `types` is a node group: where there are several, the pods that fit one are packed on its nodes, the largest first, each where it first fits, and the expander chooses which group grows; the next scan sees to those that are left. A group that cannot be had, or whose node has not come in time, is backed off from.",
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
    expander: expanderSchema
      .describe("Which of the pool's `types` grows, where it has several.")
      .prefault("least-waste"),
    "provision-timeout": provisionTimeout.prefault("15 min"),
    "back-off": duration(
      "How long a type is left alone that could not be had, or did not come: initial-node-group-backoff-duration; twice as long each time that follows.",
      { min: MILLISECOND },
    ).prefault("5 min"),
    "back-off-max": duration("The longest: max-node-group-backoff-duration.").prefault("30 min"),
    "back-off-reset": duration(
      "How long after a failure it begins anew: node-group-backoff-reset-timeout; also when a node of the type has come.",
    ).prefault("3 h"),
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
  private readonly backOff: GroupBackOff;
  private readonly expander: Expander;

  constructor(settings: Settings, context: NodeScalerContext) {
    this.settings = settings;
    this.context = context;
    this.backOff = new GroupBackOff(settings);
    this.expander = make(expanders, settings.expander, context.pool.options.types);
    context.pool.onUp = (type) => this.backOff.forget(type);
  }

  scan(): void {
    const { agenda, pool } = this.context;
    this.giveUp();
    const added = pool.options.choosesTypes ? this.expand() : this.launchMore();
    if (added) this.addedAt = agenda.now;
    const idle = this.stillUnneeded();
    if (agenda.now - this.addedAt >= this.settings["delay-after-add"]) this.shrink(idle);
  }

  /** Nodes that have not come in time are given up, and their group with them for a while. */
  private giveUp(): void {
    const { agenda, pool } = this.context;
    const { "provision-timeout": timeout } = this.settings;
    for (const instance of pool.overdue(timeout)) {
      const length = seconds(this.backOff.fail(pool.typeOf(instance), agenda.now));
      const late = `${instance.name} has not come in ${seconds(timeout)}`;
      pool.fleet.remove(instance, `cluster autoscaler: ${late}, backs off for ${length}`);
    }
  }

  /** One type: whether nodes of it were launched. */
  private launchMore(): boolean {
    const { agenda, pool } = this.context;
    if (this.backOff.isOff(pool.options.types[0]!, agenda.now)) return false;
    return launchFor(pool, this.settings.max, "cluster autoscaler") > 0;
  }

  /** Several: whether nodes of the best were. */
  private expand(): boolean {
    const { agenda, pool } = this.context;
    const room = this.settings.max - pool.fleet.desired;
    if (pool.pending.length === 0 || room <= 0) return false;
    const expansions = this.expansions();
    const best = this.best(expansions);
    if (best === null) return false;
    const { type, nodes } = best;
    const count = Math.min(nodes, room, type.most - pool.countOf(type));
    const judged = expansions.map((each) => `${each.type.name} ${this.expander.describe(each)}`);
    const capped = count < nodes ? `, capped at ${count}` : "";
    const reason = `cluster autoscaler: ${pool.waiting()}, ${pool.coming().length} nodes coming; ${this.settings.expander.kind}: ${judged.join("; ")} → ${nodes} more ${type.name}${capped}`;
    pool.launch(type, count, reason, () => {
      return `backs off from ${type.name} for ${seconds(this.backOff.fail(type, agenda.now))}`;
    });
    return true;
  }

  /** What each group could do that is not backed off from and may grow. */
  private expansions(): Expansion[] {
    const { agenda, pool } = this.context;
    const left = unhoused(pool);
    return pool.options.types
      .filter((type) => !this.backOff.isOff(type, agenda.now) && pool.countOf(type) < type.most)
      .map((type) => expansionOf(type, left))
      .filter(({ nodes }) => nodes > 0);
  }

  /** The one with the least score; a draw decides among equals. */
  private best(expansions: readonly Expansion[]): Expansion | null {
    const scores = expansions.map((each) => this.expander.score(each));
    const least = Math.min(...scores);
    const equal = expansions.filter((_, place) => scores[place] === least);
    return equal[equal.length < 2 ? 0 : this.context.random.below(equal.length)] ?? null;
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

/** The pods that fit a type, and the nodes of it they need: the largest first, each where it first fits. */
function expansionOf(type: NodeType, left: readonly Room[]): Expansion {
  const { empty } = type;
  const size = (need: Room) =>
    need.millicores / empty.millicores + (empty.memory > 0 ? need.memory / empty.memory : 0);
  const needs = left
    .filter((need) => fits(need, empty))
    .sort((one, other) => size(other) - size(one));
  return { type, needs, nodes: nodesNeeded(needs, [], empty) };
}
