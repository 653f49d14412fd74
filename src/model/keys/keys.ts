/** The question: which item is a request about? */
import type { Random } from "../../kernel/random.ts";
import { family } from "../../schema/definition.ts";

/** A catalogue of items and how popular each is. */
export interface Keys {
  /** Items there are; keys are 0 … items-1. */
  readonly items: number;
  /** The item of one request. */
  draw(): number;
}

/** What a popularity law is given to work with. */
export interface KeysContext {
  readonly random: Random;
}

export const keys = family<KeysContext, Keys>("popularity law");
