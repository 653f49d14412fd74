import { issuesIn, oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { hystrix } from "./hystrix.ts";
import { resilience4j } from "./resilience4j.ts";
import { sentinelDegrade } from "./sentinel-degrade.ts";

/** Every circuit breaker. A new one is its own file and a line here. */
export const breakers = [hystrix, resilience4j, sentinelDegrade] as const;

export const breakerSchema = oneOfOrWord(breakers).superRefine((spec, context) => {
  for (const { path, message } of issuesIn(breakers, spec, [])) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
export type BreakerSpec = Spec<typeof breakers>;
