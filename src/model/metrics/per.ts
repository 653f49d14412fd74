/** Whether a metric is of one instance in the mean, or of all of them together. */
import { choice } from "../../schema/fields.ts";

export const per = choice("For each instance in the mean, or for all of them together.", [
  "instance",
  "total",
]).default("instance");
