import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { awsDefault } from "./aws-default.ts";
import { closestToHour } from "./closest-to-hour.ts";
import { kubernetes } from "./kubernetes.ts";
import { oldest } from "./oldest.ts";
import { youngest } from "./youngest.ts";

/** Every order in which instances leave. A new one is its own file and a line here. */
export const terminations = [youngest, oldest, awsDefault, closestToHour, kubernetes] as const;

export const terminationSchema = oneOfOrWord(terminations);
export type TerminationSpec = Spec<typeof terminations>;
