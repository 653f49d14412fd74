/** No wait at all: every failed attempt is followed at once by the next. */
import { backoff } from "./backoff.ts";

export const immediate = backoff({
  kind: "immediate",
  summary: "Tries again at once.",
  notes: "Callers that failed together come back together: the shortest way to a retry storm.",
  options: {},
  create: () => ({ delay: () => 0 }),
});
