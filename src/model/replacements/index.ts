import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { lru } from "./lru.ts";

/** Every replacement policy. A new one is its own file and a line here. */
export const replacements = [lru] as const;

export const replacementSchema = oneOfOrWord(replacements);
export type ReplacementSpec = Spec<typeof replacements>;
