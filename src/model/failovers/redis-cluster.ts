/** Redis Cluster: a majority of primaries says that one has failed, and its replicas ask for votes. */
import { MILLISECOND, SECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { between, failover } from "./failover.ts";

export const redisCluster = failover({
  kind: "redis-cluster",
  summary:
    "Nodes that have not heard of a primary for half of node-timeout ping it, and give it up a node-timeout later; its best replica is elected.",
  source: "redis/redis: src/cluster_legacy.c",
  notes:
    "The pings that are missed begin up to half a node-timeout after the death. Then up to 1 s of gossip, and the replica waits for 500 ms and up to 500 ms more: 15 to 24 s with the default.",
  options: {
    "node-timeout": duration("cluster-node-timeout.", { min: 2 * MILLISECOND }).prefault("15 s"),
  },
  create({ "node-timeout": timeout }, { random }) {
    const heartbeat = Math.floor(timeout / 2);
    return {
      lease: { heartbeat, ttl: timeout + heartbeat, check: 0 },
      promotion: () =>
        between(0, SECOND, random) + between(500 * MILLISECOND, 1000 * MILLISECOND, random),
    };
  },
});
