/** Always the same duration. */
import { wholeTicks } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const constant = distribution({
  kind: "constant",
  summary: "Always the same duration. A duration alone, `9 ms`, means this.",
  options: { value: duration("The duration.") },
  create({ value }) {
    return { mean: value, scv: 0, sample: () => wholeTicks(value) };
  },
});
