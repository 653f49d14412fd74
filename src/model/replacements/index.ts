import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { clock } from "./clock.ts";
import { fifo } from "./fifo.ts";
import { lfu } from "./lfu.ts";
import { lru } from "./lru.ts";
import { random } from "./random.ts";
import { sampledLfu } from "./sampled-lfu.ts";
import { sampledLru } from "./sampled-lru.ts";
import { segmentedLru } from "./segmented-lru.ts";

/** Every replacement policy. A new one is its own file and a line here. */
export const replacements = [
  lru,
  lfu,
  fifo,
  random,
  clock,
  segmentedLru,
  sampledLru,
  sampledLfu,
] as const;

export const replacementSchema = oneOfOrWord(replacements);
export type ReplacementSpec = Spec<typeof replacements>;
