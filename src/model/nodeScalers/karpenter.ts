/**
 * Karpenter: gathers pending pods for a moment and launches nodes for all of them; looks for nodes that
 * are empty, or whose pods fit elsewhere, and removes them a little later if that is still so.
 *
 *     pod pending -> no other for 1 s, or 10 s since the first -> nodes
 *     node empty or dispensable at a look, every 10 s -> still so 15 s later -> removed
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import type { Node } from "../nodePool.ts";
import { couldLeave, launchFor, nodeScaler, type NodeScalerContext } from "./nodeScaler.ts";

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
}

export const karpenter = nodeScaler({
  kind: "karpenter",
  summary: "Launches nodes seconds after pods are pending, and consolidates those that are there.",
  source:
    "Karpenter documentation, Settings; kubernetes-sigs/karpenter pkg/apis/v1/nodepool.go and pkg/controllers/disruption",
  notes:
    "It launches nodes of the pool's one type; the real one chooses among types, and puts several nodes' pods on one cheaper node at a time. Empty nodes go first, then the one with the fewest pods.",
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
  },
  most: ({ max }) => max,
  create(settings, context) {
    const scaler = new Karpenter(settings, context);
    context.pool.onPending = () => scaler.gather();
    if (settings.consolidation !== "never") context.agenda.every(POLLING, () => scaler.look());
  },
});

class Karpenter {
  private readonly settings: Settings;
  private readonly context: NodeScalerContext;
  /** When the first and the last pod of the batch came [ns]; null without a batch -- state. */
  private batch: { readonly first: Duration; last: Duration } | null = null;
  /** Nodes whose removal is being validated [nodes] -- state. */
  private readonly validating = new Set<Node>();

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
    launchFor(pool, this.settings.max, "Karpenter");
  }

  look(): void {
    const { agenda, pool } = this.context;
    if (pool.pending.length > 0 || pool.coming > 0) return;
    const up = pool.up();
    const leaving = pool.fleet.in("draining") + this.validating.size;
    const allowed = Math.ceil(this.settings.budget * up.length) - leaving;
    for (const node of this.dispensable(up).slice(0, Math.max(0, allowed))) {
      this.validating.add(node);
      agenda.after(VALIDATION, () => this.validate(node));
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
