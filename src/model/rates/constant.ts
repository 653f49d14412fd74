/** The same rate all the time. */
import { SECOND } from "../../kernel/time.ts";
import { rate } from "./rate.ts";
import * as fields from "../../schema/fields.ts";

export const constant = rate({
  kind: "constant",
  summary: "The same rate all the time. A rate alone, `800 rps`, means this.",
  options: { value: fields.rate("The rate.") },
  create: ({ value }) => ({
    at: () => value,
    breaks: [],
    advance: value === 0 ? () => Infinity : (from, mass) => from + (mass * SECOND) / value,
  }),
});
