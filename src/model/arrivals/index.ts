import { oneOf, type Spec } from "../../schema/definition.ts";
import { deterministic } from "./deterministic.ts";
import { poisson } from "./poisson.ts";

/** Every arrival process. A new one is its own file and a line here. */
export const arrivalProcesses = [poisson, deterministic] as const;

export const arrivalsSchema = oneOf(arrivalProcesses);
export type ArrivalsSpec = Spec<typeof arrivalProcesses>;
