/** Always the same number. */
import { count } from "../../schema/fields.ts";
import { batchSize } from "./batch-size.ts";

export const constant = batchSize({
  kind: "constant",
  summary: "Always the same number. A number alone, `size: 6`, means this.",
  options: { value: count("How many.", { min: 1, max: 1e6 }) },
  create: ({ value }) => ({ mean: value, draw: () => value }),
});
