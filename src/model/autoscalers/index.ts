import { oneOf, type Spec } from "../../schema/definition.ts";
import { kubernetesHpa } from "./kubernetes-hpa.ts";
import { schedule } from "./schedule.ts";
import { threshold } from "./threshold.ts";

/** Every way of finding a fleet's size. A new one is its own file and a line here. */
export const autoscalers = [kubernetesHpa, threshold, schedule] as const;

export const autoscalerSchema = oneOf(autoscalers);
export type AutoscalerSpec = Spec<typeof autoscalers>;
