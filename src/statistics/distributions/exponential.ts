/** The memoryless distribution: how long it has lasted says nothing about how long it will. */
import { wholeTicks } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const exponential = distribution({
  kind: "exponential",
  summary: "Memoryless durations: many short, few long, cv 1. The M of M/M/1.",
  options: { mean: duration("Expected duration.") },
  create({ mean }, { random }) {
    return { mean, scv: 1, sample: () => wholeTicks(mean * random.exponential()) };
  },
});
