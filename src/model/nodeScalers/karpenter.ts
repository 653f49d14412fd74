/**
 * Karpenter: gathers pending pods for a moment and launches nodes for all of them; looks for nodes that
 * are empty, or whose pods fit elsewhere, and removes them a little later if that is still so.
 *
 *     pod pending -> no other for 1 s, or 10 s since the first -> nodes
 *     and for each node the cheapest type that its pods fit, or the next if there is none to be had
 *     node empty or dispensable at a look, every 10 s -> still so 15 s later -> removed
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import type { Node } from "../nodePool.ts";
import { seconds } from "../fleetTerms.ts";
import type { NodeType } from "../nodeType.ts";
import { claimsFor, type Claim } from "./claims.ts";
import { couldLeave, launchFor, nodeScaler, provisionTimeout } from "./nodeScaler.ts";
import { unhoused, type NodeScalerContext } from "./nodeScaler.ts";

/** Until pods that are still pending are looked at again [ns]: the PodController of pkg/controllers/provisioning. */
const REQUEUE = 10 * SECOND;

/** Between looks, and from a decision to its validation [ns]: pkg/controllers/disruption. */
const POLLING = 10 * SECOND;
const VALIDATION = 15 * SECOND;

interface Settings {
  readonly max: number;
  readonly "batch-idle": Duration;
  readonly "batch-max": Duration;
  readonly consolidation: "empty-or-underutilized" | "empty" | "never";
  readonly "consolidate-after": Duration;
  readonly budget: number;
  readonly "provision-timeout": Duration;
  readonly "unavailable-for": Duration;
}

export const karpenter = nodeScaler({
  kind: "karpenter",
  summary: "Launches nodes seconds after pods are pending, and consolidates those that are there.",
  source:
    "Karpenter documentation, Settings; kubernetes-sigs/karpenter pkg/apis/v1/nodepool.go, pkg/controllers/disruption, pkg/controllers/provisioning/scheduling, pkg/controllers/nodeclaim/lifecycle/liveness.go; aws/karpenter-provider-aws pkg/cache/cache.go",
  notes:
    "Where the pool has several `types` it packs the batch on as few nodes as the largest allows, and takes for each the cheapest its pods fit; one that cannot be had is not asked for again for a while, and the next is taken at once. It removes nodes and does not replace them: the real one also puts the pods of several on one cheaper node. Empty nodes go first, then the one with the fewest pods.",
  example: "nodes:\n  general: { cores: 4, scaler: { kind: karpenter, max: 10 } }",
  options: {
    max: count("The most nodes.", { min: 1, max: 10_000 }),
    "batch-idle": duration("How long no other pod must have come: BATCH_IDLE_DURATION.").prefault(
      "1 s",
    ),
    "batch-max": duration("How long pods are gathered at most: BATCH_MAX_DURATION.").prefault(
      "10 s",
    ),
    consolidation: choice("Which nodes it removes: consolidationPolicy.", [
      "empty-or-underutilized",
      "empty",
      "never",
    ]).default("empty-or-underutilized"),
    "consolidate-after": duration(
      "How long a node's pods must have been the same: consolidateAfter.",
    ).prefault("0 s"),
    budget: share(
      "Share of the nodes that may be leaving at once, rounded up: the disruption budget.",
    ).prefault("10 %"),
    "provision-timeout": provisionTimeout.prefault("15 min"),
    "unavailable-for": duration(
      "How long one of several types that could not be had is not asked for.",
    ).prefault("3 min"),
  },
  most: ({ max }) => max,
  create(settings, context) {
    const scaler = new Karpenter(settings, context);
    context.pool.onPending = () => scaler.gather();
    if (settings.consolidation !== "never" || context.pool.options.choosesTypes)
      context.agenda.every(POLLING, () => scaler.look());
  },
});

class Karpenter {
  private readonly settings: Settings;
  private readonly context: NodeScalerContext;
  /** When the first and the last pod of the batch came [ns]; null without a batch -- state. */
  private batch: { readonly first: Duration; last: Duration } | null = null;
  /** Nodes whose removal is being validated [nodes] -- state. */
  private readonly validating = new Set<Node>();
  /** Until when a type is not asked for [ns] -- state. */
  private readonly unavailable = new Map<NodeType, Duration>();

  constructor(settings: Settings, context: NodeScalerContext) {
    this.settings = settings;
    this.context = context;
  }

  /** A pod is pending. */
  gather(): void {
    const { now } = this.context.agenda;
    this.batch ??= { first: now, last: now };
    this.batch.last = now;
    this.context.agenda.after(this.batchEnd(this.batch) - now, () => this.endBatch());
  }

  private batchEnd({ first, last }: { first: Duration; last: Duration }): Duration {
    return Math.min(last + this.settings["batch-idle"], first + this.settings["batch-max"]);
  }

  private endBatch(): void {
    const { agenda, pool } = this.context;
    if (this.batch === null || agenda.now < this.batchEnd(this.batch)) return;
    this.batch = null;
    if (pool.options.choosesTypes) this.launchClaims();
    else launchFor(pool, this.settings.max, "Karpenter");
  }

  /** Several types: a node for each claim; what is pending all the same is looked at again later. */
  private launchClaims(): void {
    const { agenda, pool } = this.context;
    const { types } = pool.options;
    const claims = claimsFor(
      unhoused(pool),
      types.filter((type) => this.canHave(type)),
    );
    for (const claim of claims) this.launch(claim);
    if (pool.pending.length > 0) agenda.after(REQUEUE, () => this.gather());
  }

  private canHave(type: NodeType): boolean {
    const { agenda, pool } = this.context;
    const isShort = agenda.now < (this.unavailable.get(type) ?? 0);
    return !isShort && pool.countOf(type) < type.most;
  }

  /** A node for a claim: the cheapest type that can be had. */
  private launch(claim: Claim): void {
    const { agenda, pool } = this.context;
    const { max, "unavailable-for": length } = this.settings;
    const { pods, needs } = claim;
    const types = claim.types.filter((type) => this.canHave(type));
    while (types.length > 0 && pool.fleet.desired < max) {
      const among = `the cheapest of ${types.length} ${types.length === 1 ? "type" : "types"}`;
      const type = types.shift()!;
      const asked = `${pods} ${pods === 1 ? "pod asks" : "pods ask"} for ${needs.millicores / 1000} cores`;
      const reason = `Karpenter: ${pool.waiting()}; ${asked}, ${among} with room is ${type.name} at ${type.pricePerHour} an hour`;
      const refused = () => {
        this.unavailable.set(type, agenda.now + length);
        return `${type.name} is not asked for again for ${seconds(length)}`;
      };
      if (pool.launch(type, 1, reason, refused)) return;
    }
  }

  look(): void {
    const { agenda, pool } = this.context;
    this.giveUp();
    if (this.settings.consolidation === "never") return;
    if (pool.pending.length > 0 || pool.coming().length > 0) return;
    const up = pool.up();
    const leaving = pool.fleet.in("draining") + this.validating.size;
    const allowed = Math.ceil(this.settings.budget * up.length) - leaving;
    for (const node of this.dispensable(up).slice(0, Math.max(0, allowed))) {
      this.validating.add(node);
      agenda.after(VALIDATION, () => this.validate(node));
    }
  }

  /** Nodes that do not come are given up, and their pods looked at again. */
  private giveUp(): void {
    const { pool } = this.context;
    const { "provision-timeout": timeout } = this.settings;
    for (const instance of pool.overdue(timeout)) {
      pool.fleet.remove(
        instance,
        `Karpenter: ${instance.name} has not come in ${seconds(timeout)}`,
      );
      if (pool.pending.length > 0) this.gather();
    }
  }

  /** The empty nodes, or else the one with the fewest pods among those that could leave. */
  private dispensable(up: readonly Node[]): Node[] {
    const candidates = up.filter((node) => this.isSettled(node) && !this.validating.has(node));
    const empty = candidates.filter(({ pods }) => pods.size === 0);
    if (empty.length > 0 || this.settings.consolidation === "empty") return empty;
    if (this.validating.size > 0) return [];
    return candidates
      .filter((node) => couldLeave(node, this.context.pool))
      .sort((one, other) => one.pods.size - other.pods.size)
      .slice(0, 1);
  }

  private isSettled({ since }: Node): boolean {
    return this.context.agenda.now - since >= this.settings["consolidate-after"];
  }

  private validate(node: Node): void {
    const { pool } = this.context;
    this.validating.delete(node);
    const isEmpty = node.pods.size === 0;
    if (node.instance.state !== "ready" || pool.pending.length > 0) return;
    if (!isEmpty && (this.settings.consolidation === "empty" || !couldLeave(node, pool))) return;
    const what = isEmpty ? "empty" : `its ${node.pods.size} pods fit on other nodes`;
    pool.fleet.remove(node.instance, `Karpenter: ${what}`);
  }
}
