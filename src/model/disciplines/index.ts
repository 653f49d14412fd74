import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { adaptiveLifo } from "./adaptive-lifo.ts";
import { codel } from "./codel.ts";
import { earliestDeadline } from "./earliest-deadline.ts";
import { fair } from "./fair.ts";
import { fifo } from "./fifo.ts";
import { lifo } from "./lifo.ts";
import { priority } from "./priority.ts";
import { shortestJobFirst } from "./shortest-job-first.ts";

/** Every queue discipline. A new one is its own file and a line here. */
export const disciplines = [
  fifo,
  lifo,
  adaptiveLifo,
  priority,
  earliestDeadline,
  shortestJobFirst,
  fair,
  codel,
] as const;

export const disciplineSchema = oneOfOrWord(disciplines);
export type DisciplineSpec = Spec<typeof disciplines>;
