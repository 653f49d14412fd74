import { oneOf, type Spec } from "../../schema/definition.ts";
import { lru } from "./lru.ts";

/** Every replacement policy. A new one is its own file and a line here. */
export const replacements = [lru] as const;

export const replacementSchema = oneOf(replacements);
export type ReplacementSpec = Spec<typeof replacements>;
