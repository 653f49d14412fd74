/**
 * Retry throttling as gRPC clients do it: a failure takes a token, a success brings back a part of
 * one, and there are retries only while more than half of the tokens are there.
 *
 * It is about how often calls fail, not how often they are retried: with a ratio of 0.1 retries go on
 * as long as fewer than one attempt in eleven fails.
 */
import { count, factor } from "../../schema/fields.ts";
import { budget, REFUSED_RETRY } from "./budget.ts";

export const throttle = budget({
  kind: "throttle",
  summary: "Stops retries while too many attempts fail.",
  source: "grpc/proposal A6-client-retries.md, retryThrottling; the defaults are its example",
  options: {
    tokens: count("Tokens there at the start and at most (maxTokens).", {
      min: 1,
      max: 1000,
    }).default(10),
    ratio: factor("Tokens that a success brings back (tokenRatio).", { min: 0.001 }).default(0.1),
  },
  create({ tokens, ratio }) {
    let left = tokens;
    return {
      sent() {},
      failed() {
        left = Math.max(0, left - 1);
      },
      withdraw: () => (left > tokens / 2 ? 0 : REFUSED_RETRY),
      succeeded() {
        left = Math.min(tokens, left + ratio);
      },
    };
  },
});
