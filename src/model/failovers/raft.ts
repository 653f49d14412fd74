/** A group of replicas that agree by Raft, as etcd does: the first follower that loses patience leads. */
import { MILLISECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { between, failover } from "./failover.ts";

export const raft = failover({
  kind: "raft",
  summary:
    "Followers that hear nothing of the leader stand for election after a random time, from one to two election timeouts (etcd).",
  source:
    "D. Ongaro, J. Ousterhout, In Search of an Understandable Consensus Algorithm (2014); etcd documentation, Tuning",
  notes: "The first to stand is elected: votes are not split, and take no time.",
  options: {
    heartbeat: duration("heartbeat-interval.", { min: MILLISECOND }).prefault("100 ms"),
    "election-timeout": duration("election-timeout.", { min: 2 * MILLISECOND }).prefault("1 s"),
  },
  check: ({ heartbeat, "election-timeout": timeout }) =>
    heartbeat < timeout
      ? []
      : [{ path: ["election-timeout"], message: "expected more than one heartbeat" }],
  create: ({ heartbeat, "election-timeout": timeout }, { random }) => ({
    lease: { heartbeat, ttl: timeout, check: 0 },
    promotion(replicas) {
      let first = timeout;
      for (let each = 0; each < replicas; each++)
        first = Math.min(first, between(0, timeout, random));
      return first;
    },
  }),
});
