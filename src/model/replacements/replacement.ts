/**
 * The question: which item leaves a full cache to make room?
 *
 * A policy knows items by their slots, whole numbers from 1 on; it is told who comes, who is asked
 * for and who goes, and is asked who should.
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

export interface Replacement {
  /** A new item has taken a slot. */
  enter(slot: number, key: number): void;
  /** An item it holds was asked for. */
  use(slot: number): void;
  /** An item goes, chosen by it or not; its slot is the next to be taken. */
  leave(slot: number): void;
  /** Who should make room; asked only when the slots 1 to the capacity are all taken. */
  victim(): number;
  /** Everything goes. */
  clear(): void;
}

/** What a replacement policy is given to work with. */
export interface ReplacementContext {
  /** Most items held at once, at least 1 [items]. */
  readonly capacity: number;
  readonly random: Random;
  readonly clock: { readonly now: Duration };
}

export const replacement = family<ReplacementContext, Replacement>("eviction policy");
