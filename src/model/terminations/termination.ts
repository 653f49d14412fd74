/** Which of the instances that may leave goes first when a fleet shrinks: the contract of the family. */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import type { Instance } from "../instance.ts";

export interface Termination {
  /** @param candidates ready and not protected, in the order they were launched; at least one */
  choose(candidates: readonly Instance[], now: Duration): Instance;
}

export interface TerminationContext {
  /** For ties that nothing else decides. */
  readonly random: Random;
  /** Instances of the same fleet on the node of one; 1 where there are no nodes. */
  neighbours(instance: Instance): number;
}

export const termination = family<TerminationContext, Termination>("termination");

/** Those of which a number is largest, in their order. */
export function largest(
  candidates: readonly Instance[],
  of: (instance: Instance) => number,
): readonly Instance[] {
  const most = candidates.reduce((max, each) => Math.max(max, of(each)), -Infinity);
  return candidates.filter((each) => of(each) === most);
}
