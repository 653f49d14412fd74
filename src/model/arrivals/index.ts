import { oneOf, type Spec } from "../../schema/definition.ts";
import { batch } from "./batch.ts";
import { replay } from "./replay.ts";
import { singleArrivals } from "./single.ts";
import { superposition } from "./superposition.ts";

/** Every arrival process. A new one is its own file and a line here or in single.ts. */
export const arrivalProcesses = [...singleArrivals, batch, superposition, replay] as const;

export const arrivalsSchema = oneOf(arrivalProcesses);
export type ArrivalsSpec = Spec<typeof arrivalProcesses>;
