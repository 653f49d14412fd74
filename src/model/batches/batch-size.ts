/** The question: how many arrive together? */
import type { Random } from "../../kernel/random.ts";
import { family } from "../../schema/definition.ts";

/** A law of whole numbers, each at least 1. */
export interface BatchSizes {
  readonly mean: number;
  draw(): number;
}

/** What a law of batch sizes is given to work with. */
export interface BatchSizesContext {
  readonly random: Random;
}

export const batchSize = family<BatchSizesContext, BatchSizes>("batch size");
