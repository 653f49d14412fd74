/**
 * Smooth weighted round robin: turns in proportion to weight, spread out rather than in bursts.
 *
 * At each choice every backend earns its weight; the richest is chosen and pays the total. Weights
 * 5, 1, 1 give a a b a c a a, where plain weighting would give a a a a a b c.
 */
import { balancer, idsOf, type Backends, type Balancer } from "./balancer.ts";

export const smoothWeightedRoundRobin = balancer({
  kind: "smooth-weighted-round-robin",
  summary: "Sends calls in proportion to weight, evenly spread.",
  source: "nginx: src/http/ngx_http_upstream_round_robin.c",
  notes:
    "Looks at every backend for every choice, as the product does: slow with thousands of them. The product also lowers the weight of a backend that failed; here health checks take it out instead.",
  linear: true,
  oblivious: true,
  options: {},
  create: () => new SmoothWeightedRoundRobin(),
});

class SmoothWeightedRoundRobin implements Balancer {
  /** Id, weight and what it has earned and not yet paid, by position. */
  private ids: readonly number[] = [];
  private weights = new Float64Array(0);
  private earned = new Float64Array(0);
  private total = 0;

  choose(): number {
    const { weights, earned } = this;
    let best = 0;
    for (let position = 0; position < earned.length; position++) {
      earned[position]! += weights[position]!;
      if (earned[position]! > earned[best]!) best = position; // the first wins a tie
    }
    earned[best]! -= this.total;
    return best;
  }

  /** Whoever stays keeps what it earned; a newcomer starts with nothing. */
  changed(backends: Backends): void {
    const kept = new Map(this.ids.map((id, position) => [id, this.earned[position]!]));
    this.ids = idsOf(backends);
    this.weights = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.earned = Float64Array.from(this.ids, (id) => kept.get(id) ?? 0);
    this.total = this.weights.reduce((sum, weight) => sum + weight, 0);
  }
}
