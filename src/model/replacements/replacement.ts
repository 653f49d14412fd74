/** The question: which item leaves a full cache to make room? */
import { family } from "../../schema/definition.ts";

/** The keys a cache holds just now; never more than its capacity. */
export interface Replacement {
  /** Keys held [items]. */
  readonly size: number;
  /** True when the key is present; counts as a use. */
  touch(key: number): boolean;
  /** Puts a key, a whole number of 0 or more; the key evicted for it, or -1. A key already present counts as used. */
  insert(key: number): number;
  /** Forgets a key; nothing happens when it is absent. */
  remove(key: number): void;
  clear(): void;
}

/** What a replacement policy is given to work with. */
export interface ReplacementContext {
  /** Most keys held at once, at least 1 [items]. */
  readonly capacity: number;
}

export const replacement = family<ReplacementContext, Replacement>("eviction policy");
