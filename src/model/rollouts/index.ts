import { oneOf, type Spec } from "../../schema/definition.ts";
import { blueGreen } from "./blue-green.ts";
import { canary } from "./canary.ts";
import { rolling } from "./rolling.ts";
import { trafficCanary } from "./traffic-canary.ts";

/** Every way a new version comes to the instances of a part. A new one is its own file and a line here. */
export const rollouts = [rolling, blueGreen, canary, trafficCanary] as const;

export const rolloutSchema = oneOf(rollouts);
export type RolloutSpec = Spec<typeof rollouts>;
