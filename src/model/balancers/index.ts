import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { leastConnections } from "./least-connections.ts";
import { powerOfChoices } from "./power-of-choices.ts";
import { random } from "./random.ts";
import { roundRobin } from "./round-robin.ts";
import { smoothWeightedRoundRobin } from "./smooth-weighted-round-robin.ts";

/** Every balancing algorithm. A new one is its own file and a line here. */
export const balancers = [
  roundRobin,
  smoothWeightedRoundRobin,
  random,
  leastConnections,
  powerOfChoices,
] as const;

export const balancerSchema = oneOfOrWord(balancers);
export type BalancerSpec = Spec<typeof balancers>;
