/** Any number from a least to a most. */
import { count } from "../../schema/fields.ts";
import { batchSize } from "./batch-size.ts";

export const uniform = batchSize({
  kind: "uniform",
  summary: "Any number from a least to a most, each as likely as any other.",
  options: {
    from: count("The least.", { min: 1, max: 1e6 }),
    to: count("The most.", { min: 1, max: 1e6 }),
  },
  check: ({ from, to }) =>
    to >= from ? [] : [{ path: ["to"], message: "the most is less than the least" }],
  create: ({ from, to }, { random }) => ({
    mean: (from + to) / 2,
    draw: () => from + random.below(to - from + 1),
  }),
});
