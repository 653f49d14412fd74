/** Any registry in which instances keep themselves alive by heartbeats. */
import { MILLISECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { LeaseCheck } from "./leaseCheck.ts";

export const lease = detector({
  kind: "lease",
  summary: "Instances renew a lease by heartbeats; one that has run out marks its instance down.",
  notes:
    "A death is noticed from ttl less a heartbeat to ttl plus a check after it, also a silent one; an instance that hangs may go on renewing. One that works several times as slowly sends heartbeats that much apart, and may be taken for dead: a false alarm.",
  oblivious: true,
  options: {
    heartbeat: duration("Time between two renewals of one instance.", {
      min: MILLISECOND,
    }).prefault("3 s"),
    ttl: duration("How long a renewal counts.", { min: MILLISECOND }).prefault("10 s"),
    check: duration("How often somebody looks who has run out; 0 s for at once.").prefault("0 s"),
  },
  check: ({ heartbeat, ttl }) =>
    heartbeat < ttl
      ? []
      : [{ path: ["ttl"], message: "the lease runs out between two heartbeats; expected more" }],
  create: (settings, { agenda }) => new LeaseCheck(settings, agenda),
});
