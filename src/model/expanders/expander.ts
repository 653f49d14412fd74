/** Which of several node groups grows when pods are pending: the family's contract. */
import { family } from "../../schema/definition.ts";
import type { NodeType } from "../nodeType.ts";
import type { Room } from "../packing.ts";

/** What one group could do about pending pods. */
export interface Expansion {
  readonly type: NodeType;
  /** What the pods that fit a node of it ask for. */
  readonly needs: readonly Room[];
  /** Nodes of it that take them all [nodes]. */
  readonly nodes: number;
}

export interface Expander {
  /** What it judges an expansion by: the least is taken, and a draw decides among equals. */
  score(expansion: Expansion): number;
  /** The score in words: "25 % of its cores idle". */
  describe(expansion: Expansion): string;
}

/** A member is given the types of its pool, in the order in which they are listed. */
export const expander = family<readonly NodeType[], Expander>("expander");

/** What the pods of an expansion ask for together [millicores]. */
export function millicoresAskedFor({ needs }: Expansion): number {
  return needs.reduce((sum, { millicores }) => sum + millicores, 0);
}
