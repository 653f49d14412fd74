/** PostgreSQL under Patroni: the leader key in the configuration store expires. */
import { SECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { between, failover } from "./failover.ts";

export const patroni = failover({
  kind: "patroni",
  summary:
    "The primary refreshes its leader key every loop_wait; when the key expires replicas race for it (Patroni).",
  source: "patroni/patroni: docs/dynamic_configuration.rst",
  notes:
    "With its defaults the key expires 20 to 30 s after the death of the primary. The race and the promotion take 1 to 3 s, which is a value to plan with.",
  example: "primary: { failover: patroni, reads: replicas, lag: 200 ms }",
  options: {
    ttl: duration("How long the leader key lives.", { min: 20 * SECOND }).prefault("30 s"),
    "loop-wait": duration("Time between two refreshes.", { min: SECOND }).prefault("10 s"),
    "retry-timeout": duration("How long a refresh is tried.", { min: SECOND }).prefault("10 s"),
  },
  check: ({ ttl, "loop-wait": loopWait, "retry-timeout": retryTimeout }) =>
    loopWait + 2 * retryTimeout <= ttl
      ? []
      : [
          {
            path: ["ttl"],
            message: "a leader could lose its key while it tries to refresh it; expected loop-wait + 2 · retry-timeout at least", // prettier-ignore
          },
        ],
  create: ({ ttl, "loop-wait": heartbeat }, { random }) => ({
    lease: { heartbeat, ttl, check: 0 },
    promotion: () => between(SECOND, 3 * SECOND, random),
  }),
});
