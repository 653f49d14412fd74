import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { constant } from "./constant.ts";
import { decorrelatedJitter } from "./decorrelated-jitter.ts";
import { equalJitter } from "./equal-jitter.ts";
import { exponential } from "./exponential.ts";
import { fullJitter } from "./full-jitter.ts";
import { immediate } from "./immediate.ts";

/** Every backoff. A new one is its own file and a line here. */
export const backoffs = [
  immediate,
  constant,
  exponential,
  fullJitter,
  equalJitter,
  decorrelatedJitter,
] as const;

export const backoffSchema = oneOfOrWord(backoffs);
export type BackoffSpec = Spec<typeof backoffs>;
