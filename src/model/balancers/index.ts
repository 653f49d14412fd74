import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { plainBalancers } from "./plain.ts";
import { sticky } from "./sticky.ts";
import { zoneAware } from "./zone-aware.ts";

/** Every balancing algorithm: the plain ones, and those that wrap one of them. */
export const balancers = [...plainBalancers, sticky, zoneAware] as const;

export const balancerSchema = oneOfOrWord(balancers);
export type BalancerSpec = Spec<typeof balancers>;
