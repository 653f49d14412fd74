/**
 * A quota of tokens as the AWS SDKs keep one: retries take tokens out, successes bring them back.
 *
 * While calls succeed the quota is full and retries are free; when hardly any succeed it runs dry and
 * every call has one attempt. A retry that succeeds brings back what it took, another success one.
 */
import { count } from "../../schema/fields.ts";
import { TIMED_OUT } from "../outcomes.ts";
import { budget, REFUSED_RETRY } from "./budget.ts";

export const quota = budget({
  kind: "quota",
  summary: "Takes each retry out of a quota of tokens that only successes refill.",
  source:
    'AWS SDKs and Tools Reference Guide, "Retry behavior" (standard mode); botocore/retries/standard.py, quota.py',
  options: {
    tokens: count("Tokens there at the start and at most.", { min: 1, max: 1e9 }).default(500),
    cost: count("Tokens a retry takes.", { min: 1 }).default(5),
    "timeout-cost": count("Tokens a retry after a time-out takes.", { min: 1 }).default(10),
    refund: count("Tokens that a success without a retry brings back.").default(1),
  },
  create({ tokens, cost, "timeout-cost": timeoutCost, refund }) {
    let left = tokens;
    return {
      refunds: true,
      sent() {},
      failed() {},
      withdraw(outcome) {
        const price = outcome === TIMED_OUT ? timeoutCost : cost;
        if (left < price) return REFUSED_RETRY;
        left -= price;
        return price;
      },
      succeeded(paid) {
        left = Math.min(tokens, left + (paid > 0 ? paid : refund));
      },
    };
  },
});
