/**
 * Shortest job first: the call with the least work to do is served next.
 *
 * Of all orders that interrupt nobody it leaves the fewest calls waiting, and with interruption, as
 * shortest remaining time first, the fewest of all; the long ones pay for it.
 */
import { flag } from "../../schema/fields.ts";
import { discipline } from "./discipline.ts";
import { KeyedQueue } from "./keyedQueue.ts";

export const shortestJobFirst = discipline({
  kind: "shortest-job-first",
  summary: "Serves the call with the least work to do, as if every call told how long it takes.",
  source:
    "Phipps, Operations Research 4, 1956; Schrage, Operations Research 16, 1968 (shortest remaining time first)",
  notes:
    "Work is the time that the step the call waits to do takes, at normal speed: that of a step `work`, `cpu`, `disk`, `network` or `wait`, and nothing if it calls another part; what comes after it is not foreseen. No server knows it exactly: this is the best that guessing can do. Long calls may starve.",
  example: "queue: { discipline: { kind: shortest-job-first, preemptive: true } }",
  options: {
    preemptive: flag(
      "Whether a call that finds every slot taken interrupts the one with the most work left, if that is more than its own. This is shortest remaining time first.",
    ).default(false),
  },
  create: ({ preemptive }, { links, work }) =>
    new KeyedQueue(links, work, preemptive ? (_call, left) => -left : null),
});
