/** Redis's allkeys-lru: of a few items drawn at random, the one not used for longest makes room. */
import { count, duration } from "../../schema/fields.ts";
import { withRoomFor } from "../caches/keyTable.ts";
import { EvictionPool } from "./evictionPool.ts";
import { replacement } from "./replacement.ts";

export const sampledLru = replacement({
  kind: "sampled-lru",
  summary:
    "Draws a few items and evicts the one not used for longest, as Redis does (allkeys-lru).",
  source: "redis/redis, src/evict.c; defaults of redis.conf (maxmemory-samples 5, pool of 16)",
  notes: "Draws are independent; Redis reads neighbouring places of its hash table.",
  options: {
    samples: count("Items drawn for each eviction.", { min: 1, max: 64 }).default(5),
    pool: count("Candidates remembered from one eviction to the next.", {
      min: 1,
      max: 1024,
    }).default(16),
    resolution: duration("Steps in which the age of a use is known.", { min: 1 }).prefault("1 s"),
  },
  create(options, context) {
    const { clock } = context;
    const { resolution } = options;
    const tick = () => Math.floor(clock.now / resolution);
    let usedAt = new Float64Array(16);
    const pool = new EvictionPool(options, context, (slot) => tick() - usedAt[slot]!);
    return {
      enter(slot) {
        usedAt = withRoomFor(usedAt, slot);
        usedAt[slot] = tick();
      },
      use(slot) {
        usedAt[slot] = tick();
      },
      leave: (slot) => pool.forget(slot),
      victim: () => pool.victim(),
      clear: () => pool.clear(),
    };
  },
});
