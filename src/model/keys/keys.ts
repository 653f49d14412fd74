/** The question: which item is a request about? */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";

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

/** What must be known of a popularity law before it draws. */
export interface Extent<Options> {
  /** One more than the largest key it may draw [items]. */
  items(options: Options): number;
  /** Memory of its table [bytes]; none, unless it says so. */
  tableBytes?(options: Options): number;
}

const define = family<KeysContext, Keys>("popularity law");

/** The definer of the family: a definition with its extent. */
export function keys<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, KeysContext, Keys> &
    Extent<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, KeysContext, Keys> & Extent<z.output<z.ZodObject<Options>>> {
  const { items, tableBytes } = declaration;
  return { ...define(declaration), items, ...(tableBytes && { tableBytes }) };
}
