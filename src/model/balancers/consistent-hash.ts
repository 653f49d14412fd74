/**
 * Consistent hash: every backend stands at many points of a ring, and a value goes to the first
 * point at or after its own. When a backend leaves, only what was its own moves.
 *
 * With a load limit (bounded load) a backend that has more than its share of all calls in flight is
 * passed over for the next on the ring.
 */
import { choice, count, share } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { KETAMA_POINTS, KetamaRing, type Member } from "../ketama.ts";
import { balancer, type Asked, type Backends, type Balancer } from "./balancer.ts";

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
      KETAMA_POINTS,
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
  private ring = new KetamaRing([], 0);
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
    const start = this.ring.firstOf(value) + call.redraws;
    const { owners } = this.ring;
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
    const members: Member[] = [];
    for (let position = 0; position < backends.size; position++) {
      const [id, weight] = [backends.id(position), backends.weight(position)];
      this.carried += backends.inFlight(position);
      this.totalWeight += weight;
      members.push({ id, weight });
    }
    this.ring = new KetamaRing(members, this.pointsPerWeight);
  }
}
