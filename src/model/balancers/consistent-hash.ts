/**
 * Consistent hash: every backend stands at many points of a ring, and a value goes to the first
 * point at or after its own. When a backend leaves, only what was its own moves.
 *
 * With a load limit (bounded load) a backend that has more than its share of all calls in flight is
 * passed over for the next on the ring.
 */
import { choice, count, share } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { balancer, type Asked, type Backends, type Balancer } from "./balancer.ts";
import { crc32 } from "./hashing.ts";

export const consistentHash = balancer({
  kind: "consistent-hash",
  summary: "Sends a key, or a client, to the backend that follows it on a ring of hashes.",
  source:
    "nginx: src/http/modules/ngx_http_upstream_hash_module.c (ketama points); HAProxy: src/lb_chash.c (hash-balance-factor)",
  notes:
    "Points are chained CRC-32 values as nginx makes them, with the instance's number in place of its address. With 160 points shares differ by some 8 %. Calls with nothing to hash take turns.",
  options: {
    by: choice("What is hashed.", ["key", "source"]).default("key"),
    points: count("Points on the ring for each unit of weight.", { min: 1, max: 10_000 }).default(
      160,
    ),
    "load-limit": share(
      "What a backend may carry of the average, counting the call to be placed; without it, anything.",
      { min: 1, max: 100 },
    ).optional(),
  },
  create: (options) => new ConsistentHash(options.by, options.points, options["load-limit"]),
});

class ConsistentHash implements Balancer {
  private readonly by: "key" | "source";
  private readonly pointsPerWeight: number;
  /** Of the average load, 1 or more; null for no limit. */
  private readonly loadLimit: number | null;
  /** Points, rising, and the position each belongs to. */
  private points = new Uint32Array(0);
  private owners = new Uint32Array(0);
  private totalWeight = 0;
  /** Calls in flight at all backends [calls]. */
  private carried = 0;
  private due = 0;

  constructor(by: "key" | "source", pointsPerWeight: number, loadLimit: number | undefined) {
    this.by = by;
    this.pointsPerWeight = pointsPerWeight;
    this.loadLimit = loadLimit ?? null;
  }

  choose(backends: Backends, call: Asked): number {
    const value = this.by === "key" ? call.key : call.source;
    if (value === NONE) return this.due++ % backends.size;
    // A choice that was of no use leads on to the next point, as in the product.
    const start = this.firstFrom(crc32(value)) + call.redraws;
    const { owners } = this;
    if (this.loadLimit === null) return owners[start % owners.length]!;
    for (let step = 0; step < owners.length; step++) {
      const owner = owners[(start + step) % owners.length]!;
      if (backends.inFlight(owner) < this.allowance(backends.weight(owner))) return owner;
    }
    return owners[start % owners.length]!;
  }

  /** Calls a backend may carry with the one to be placed: its share of all slots, at least one. */
  private allowance(weight: number): number {
    const slots = Math.ceil((this.carried + 1) * this.loadLimit!);
    return Math.max(1, Math.ceil((slots * weight) / this.totalWeight));
  }

  sent(): void {
    this.carried++;
  }

  answered(): void {
    this.carried--;
  }

  changed(backends: Backends): void {
    this.carried = 0;
    this.totalWeight = 0;
    const placed: number[] = [];
    for (let position = 0; position < backends.size; position++) {
      this.carried += backends.inFlight(position);
      this.totalWeight += backends.weight(position);
      let point = 0;
      for (let turn = this.pointsPerWeight * backends.weight(position); turn > 0; turn--) {
        point = crc32(point, crc32(backends.id(position)));
        placed.push(point * POSITIONS + position);
      }
    }
    this.lay(Float64Array.from(placed).sort());
  }

  /** Of points that coincide the first stays. */
  private lay(placed: Float64Array): void {
    const point = (index: number) => Math.floor(placed[index]! / POSITIONS);
    const kept = placed.filter((_, index) => index === 0 || point(index) !== point(index - 1));
    this.points = Uint32Array.from(kept, (each) => Math.floor(each / POSITIONS));
    this.owners = Uint32Array.from(kept, (each) => each % POSITIONS);
  }

  /** The first point at or after a hash, by bisection; past the last comes the first again. */
  private firstFrom(hash: number): number {
    let low = 0;
    let high = this.points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.points[middle]! >= hash) high = middle;
      else low = middle + 1;
    }
    return low === this.points.length ? 0 : low;
  }
}

/** A point and a position in one number: 32 bits and 20, which a double holds exactly. */
const POSITIONS = 2 ** 20;
