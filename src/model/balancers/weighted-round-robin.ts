/**
 * Weighted round robin as IPVS does it: rounds with a falling threshold.
 *
 * A pointer walks the list and takes whoever weighs at least the threshold; at the end of the list
 * the threshold falls by the greatest common divisor of the weights, and below it begins again at
 * the top. Weights 4, 3, 2 give a a b a b c a b c: heavy backends get their calls in runs.
 */
import { balancer, type Backends, type Balancer } from "./balancer.ts";

export const weightedRoundRobin = balancer({
  kind: "weighted-round-robin",
  summary: "Sends calls in proportion to weight, the heavy backends in runs.",
  source: "Linux: net/netfilter/ipvs/ip_vs_wrr.c",
  notes:
    "Walks the list for every choice, as the product does: one heavy backend among thousands of light ones makes it slow. A change of membership sends the pointer back to the top.",
  linear: true,
  oblivious: true,
  options: {},
  create: () => new WeightedRoundRobin(),
});

class WeightedRoundRobin implements Balancer {
  private weights = new Float64Array(0);
  /** The greatest common divisor of the weights, and where the threshold starts. */
  private step = 1;
  private top = 1;
  private threshold = 1;
  /** Whom it took last [position]; -1 before the first of a round. */
  private last = -1;

  choose(): number {
    const { weights } = this;
    do {
      this.last++;
      if (this.last === weights.length) this.lower();
    } while (weights[this.last]! < this.threshold);
    return this.last;
  }

  private lower(): void {
    this.last = 0;
    this.threshold -= this.step;
    if (this.threshold <= 0) this.threshold = this.top;
  }

  changed(backends: Backends): void {
    this.weights = Float64Array.from({ length: backends.size }, (_, position) =>
      backends.weight(position),
    );
    this.step = this.weights.reduce(greatestCommonDivisor, 0);
    this.top = this.weights.reduce((most, weight) => Math.max(most, weight), 0) - this.step + 1;
    this.threshold = this.top;
    this.last = -1;
  }
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
