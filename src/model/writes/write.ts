/** The question: what does a cache do with an item that is written? */
import type { z } from "zod";
import type { EventKind, Handler } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { Outcome } from "../outcomes.ts";

export interface Writes {
  /** A call brings an item; it must be answered, now or later. */
  write(call: number): void;
  /** A write of the store that was sent for a call is over. */
  written(call: number, outcome: Outcome): void;
  /** An instance has died; tells how many writes died with it. */
  crashed(instance: number): number;
}

/** What a way of writing is given to work with. */
export interface WriteContext {
  readonly clock: { readonly now: Duration };
  /** Registers an event of its own. */
  on(handler: Handler): EventKind;
  /** The instance that keeps the item of a call; NONE when that is down. */
  instanceOf(call: number): number;
  keyOf(call: number): number;
  keep(call: number): void;
  forget(call: number): void;
  /** Writes the item of a call to the store; `written` tells how it ended. */
  store(call: number): void;
  answer(call: number, outcome: Outcome): void;
  /** A call of the cache's own account, as if for the caller of another that has had its answer. */
  behindTheScenes(call: number): number;
}

/** What must be known of a way of writing before it is made. */
export interface Reach {
  /** Whether it writes to the store. */
  readonly usesStore: boolean;
}

const define = family<WriteContext, Writes>("way of writing");

/** The definer of the family: a definition, and whether it writes to the store. */
export function writing<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, WriteContext, Writes> & Reach,
): Definition<Kind, Options, WriteContext, Writes> & Reach {
  return { ...define(declaration), usesStore: declaration.usesStore };
}
