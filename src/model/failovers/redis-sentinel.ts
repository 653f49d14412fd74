/** Redis Sentinel: subjectively down, objectively down, a leader among the Sentinels, a promotion. */
import { SECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { between, failover } from "./failover.ts";

export const redisSentinel = failover({
  kind: "redis-sentinel",
  summary:
    "Sentinels ping the primary; when it has not answered for down-after they agree, elect one of them, and it promotes a replica.",
  source: "redis/redis: src/sentinel.c",
  notes:
    "After down-after come up to 1 s until the others are asked, up to 1 s of random delay before the election, and 1 to 2 s until the promotion is seen: 30 to 34 s with the defaults. The Sentinels themselves do not fail.",
  options: {
    "down-after": duration("How long a primary may leave pings unanswered.", {
      min: 1,
    }).prefault("30 s"),
  },
  create: ({ "down-after": ttl }, { random }) => ({
    lease: { heartbeat: Math.ceil(Math.min(SECOND, ttl / 2)), ttl, check: 0 },
    promotion: () =>
      between(0, SECOND, random) + between(0, SECOND, random) + between(SECOND, 2 * SECOND, random),
  }),
});
