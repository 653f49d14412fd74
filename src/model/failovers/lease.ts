/** Failover of any kind: a lease the primary must renew, and a promotion. */
import { MILLISECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { failover } from "./failover.ts";

export const lease = failover({
  kind: "lease",
  summary: "The primary renews a lease; when it has run out a replica is promoted.",
  notes:
    "For products that are not listed: writes stop from the death of the primary until ttl less a heartbeat to ttl later, and the promotion. The defaults are plain starting points.",
  options: {
    heartbeat: duration("Time between two renewals.", { min: MILLISECOND }).prefault("3 s"),
    ttl: duration("How long a renewal counts.", { min: MILLISECOND }).prefault("10 s"),
    promotion: distributionSchema
      .describe("From the end of the lease until a replica takes writes.")
      .prefault("2 s"),
  },
  check: ({ heartbeat, ttl }) =>
    heartbeat < ttl
      ? []
      : [{ path: ["ttl"], message: "the lease runs out between two heartbeats; expected more" }],
  create({ heartbeat, ttl, promotion }, context) {
    const times = make(distributions, promotion, context);
    return { lease: { heartbeat, ttl, check: 0 }, promotion: () => times.sample() };
  },
});
