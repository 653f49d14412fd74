/** The same wait before every retry, so callers that failed together come back together, later. */
import { duration } from "../../schema/fields.ts";
import { backoff } from "./backoff.ts";

export const constant = backoff({
  kind: "constant",
  summary: "Waits the same time before every retry.",
  options: { delay: duration("Wait before each retry.") },
  create: ({ delay }) => ({ delay: () => delay }),
});
