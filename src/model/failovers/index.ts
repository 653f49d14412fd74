import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { lease } from "./lease.ts";
import { mongodb } from "./mongodb.ts";
import { patroni } from "./patroni.ts";
import { raft } from "./raft.ts";
import { redisCluster } from "./redis-cluster.ts";
import { redisSentinel } from "./redis-sentinel.ts";
import { repmgr } from "./repmgr.ts";

/** Every way of finding the next primary. A new one is its own file and a line here. */
export const failovers = [
  lease,
  patroni,
  repmgr,
  redisSentinel,
  redisCluster,
  mongodb,
  raft,
] as const;

export const failoverSchema = oneOfOrWord(failovers);
export type FailoverSpec = Spec<typeof failovers>;
