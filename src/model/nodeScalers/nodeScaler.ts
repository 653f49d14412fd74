/** What launches nodes for pods that find no room, and removes those nobody needs: the family's contract. */
import type { z } from "zod";
import { MILLISECOND } from "../../kernel/time.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import { duration } from "../../schema/fields.ts";
import type { Agenda } from "../agenda.ts";
import type { Node, NodePool } from "../nodePool.ts";
import type { Random } from "../../kernel/random.ts";
import { nodesNeeded, pack, type Room } from "../packing.ts";

export interface NodeScalerContext {
  readonly agenda: Agenda;
  readonly pool: NodePool;
  /** For types between which nothing else decides. */
  readonly random: Random;
}

export const provisionTimeout = duration(
  "How long after its launch a node that has not come is given up.",
  { min: MILLISECOND },
);

/** What the rest of the program must know of a member before a run. */
export interface NodeScaling<Options> {
  /** The most nodes it can ask for [nodes]. */
  most(options: Options): number;
}

/** A member acts through the agenda from its creation on, so it makes nothing. */
const define = family<NodeScalerContext, void>("node scaler");

/** The definer of the family: a definition with the most it can ask for. */
export function nodeScaler<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, NodeScalerContext, void> &
    NodeScaling<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, NodeScalerContext, void> &
  NodeScaling<z.output<z.ZodObject<Options>>> {
  return define(declaration) as ReturnType<typeof nodeScaler<Kind, Options>>;
}

/** What pending pods ask for that the nodes on their way have no room for. */
export function unhoused(pool: NodePool): Room[] {
  return pack(
    pool.pending.map(({ needs }) => needs),
    pool.coming(),
  );
}

/** In a pool of one type, launches what the pending pods need, up to a number of nodes; tells how many [nodes]. */
export function launchFor(pool: NodePool, max: number, name: string): number {
  const { fleet, options, pending } = pool;
  const coming = pool.coming();
  const needs = pending.map((pod) => pod.needs);
  const wanted = nodesNeeded(needs, coming, options.types[0]!.empty);
  const added = Math.min(wanted, max - fleet.desired);
  if (added <= 0) return 0;
  const capped = added < wanted ? `, capped at ${max}` : "";
  const reason = `${name}: ${pool.waiting()}, ${coming.length} nodes coming → ${wanted} more${capped}`;
  fleet.scaleTo(fleet.desired + added, reason);
  return added;
}

/** Whether the pods of a node would fit on the others that are up. */
export function couldLeave(node: Node, pool: NodePool): boolean {
  const others = pool.up().filter((other) => other !== node);
  const rooms: Room[] = others.map(({ free }) => free);
  return (
    pack(
      [...node.pods].map(({ needs }) => needs),
      rooms,
    ).length === 0
  );
}
