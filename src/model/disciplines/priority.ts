/**
 * Priority: the most urgent class first, and in order of coming within a class.
 *
 * A request's class says how urgent it is, and every call made for the request is as urgent.
 */
import { flag } from "../../schema/fields.ts";
import { discipline } from "./discipline.ts";
import { KeyedQueue } from "./keyedQueue.ts";

export const priority = discipline({
  kind: "priority",
  summary: "Serves the most urgent request class first, by the `priority` of the classes of a mix.",
  source:
    "Cobham, Operations Research 2, 1954 (non-preemptive); Gross and Harris, Fundamentals of Queueing Theory, section 3.4",
  notes:
    "Classes without a priority have 0; larger is more urgent. The least urgent may starve. A call can be interrupted while it is at a `work` step, and goes on later where it was; during other steps it keeps its slot.",
  example: "queue: { discipline: { kind: priority, preemptive: true } }",
  options: {
    preemptive: flag(
      "Whether a call that finds every slot taken interrupts the least urgent one at work, if it is less urgent.",
    ).default(false),
  },
  create: ({ preemptive }, { links, priority }) =>
    new KeyedQueue(links, (call) => -priority(call), preemptive ? priority : null),
});
