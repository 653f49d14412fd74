import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { fifo } from "./fifo.ts";
import { lifo } from "./lifo.ts";

/** Every queue discipline. A new one is its own file and a line here. */
export const disciplines = [fifo, lifo] as const;

export const disciplineSchema = oneOfOrWord(disciplines);
export type DisciplineSpec = Spec<typeof disciplines>;
