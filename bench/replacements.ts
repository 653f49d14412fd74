/**
 * What one request costs a cache of 60,000 items, for Zipf keys over 200,000 items.
 *
 *     npx tsc -p bench && node dist/bench-build/bench/replacements.js
 */
import { Bench } from "tinybench";
import { Random } from "../src/kernel/random.ts";
import { zipf } from "../src/model/keys/zipf.ts";
import { InOrder } from "../test/support/inOrder.ts";
import { Kept } from "../test/support/kept.ts";

const REQUESTS = 200_000;
const CAPACITY = 60_000;

const keys = zipf.create({ items: 200_000, exponent: 0.9 }, { random: new Random("bench") });
const requests = Int32Array.from({ length: REQUESTS }, () => keys.draw());

function serve(cache: Kept | InOrder): void {
  for (const key of requests) if (!cache.touch(key)) cache.insert(key);
}

const ring = new Kept("lru", CAPACITY);
const inOrder = new InOrder(CAPACITY);
const bench = new Bench({ time: 2_000 })
  .add("ring and hash table (lru.ts)", () => serve(ring))
  .add("Set in order of use (the twin in the tests)", () => serve(inOrder));
await bench.run();
console.table(
  bench.table(({ name, result }) => ({
    name,
    "ns a request":
      result.state === "completed" ? Math.round((result.latency.p50 * 1e6) / REQUESTS) : "failed",
  })),
);
