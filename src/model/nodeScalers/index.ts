import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { clusterAutoscaler } from "./cluster-autoscaler.ts";
import { karpenter } from "./karpenter.ts";
import { none } from "./none.ts";

/** Everything that launches and removes nodes. A new one is its own file and a line here. */
export const nodeScalers = [none, clusterAutoscaler, karpenter] as const;

export const nodeScalerSchema = oneOfOrWord(nodeScalers);
export type NodeScalerSpec = Spec<typeof nodeScalers>;
