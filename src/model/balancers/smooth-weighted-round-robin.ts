/**
 * Smooth weighted round robin: turns in proportion to weight, spread out rather than in bursts.
 *
 * At each choice every backend earns its weight; the richest is chosen and pays the total. Weights
 * 5, 1, 1 give a a b a c a a, where plain weighting would give a a a a a b c.
 *
 * Where nginx's passive check watches, a call that fails costs a backend weight / max_fails of what
 * it earns, and each choice gives 1 of it back: one that has been out is tried with care.
 */
import { balancer, idsOf, type Backends, type Balancer } from "./balancer.ts";

export const smoothWeightedRoundRobin = balancer({
  kind: "smooth-weighted-round-robin",
  summary: "Sends calls in proportion to weight, evenly spread.",
  source: "nginx: src/http/ngx_http_upstream_round_robin.c",
  notes:
    "Looks at every backend for every choice, as the product does: slow with thousands of them. With the passive check max-fails a failed call lowers a backend's weight by weight / fails, whole numbers, and each choice it takes part in raises it by 1 until it is whole; other health checks leave weights as they are.",
  linear: true,
  oblivious: true,
  options: {},
  create: () => new SmoothWeightedRoundRobin(),
});

/** What a backend that has failed calls takes along when it is left alone. */
interface Standing {
  readonly weight: number;
  effective: number;
  readonly earned: number;
}

class SmoothWeightedRoundRobin implements Balancer {
  /** Id, weight, what failures have left of it, and what it has earned and not yet paid, by position. */
  private ids: readonly number[] = [];
  private weights = new Float64Array(0);
  private effective = new Float64Array(0);
  private earned = new Float64Array(0);
  /** Sum of effective weights. */
  private total = 0;
  /** Whether an effective weight is not whole. */
  private isLowered = false;
  /** Ids of those that have failed calls; of them, those that are no backends now. */
  private readonly failing = new Set<number>();
  private readonly away = new Map<number, Standing>();

  choose(): number {
    const { effective, earned } = this;
    let best = 0;
    for (let position = 0; position < earned.length; position++) {
      earned[position]! += effective[position]!;
      if (earned[position]! > earned[best]!) best = position; // the first wins a tie
    }
    earned[best]! -= this.total;
    if (this.isLowered) this.recover();
    return best;
  }

  /** Every weight that is not whole is 1 nearer to it after a choice. */
  private recover(): void {
    const { weights, effective } = this;
    for (let position = 0; position < effective.length; position++) {
      effective[position] = Math.min(weights[position]!, effective[position]! + 1);
    }
    this.sum();
  }

  failed(id: number, allowed: number): void {
    this.failing.add(id);
    const absent = this.away.get(id);
    if (absent !== undefined) {
      absent.effective = lowered(absent.effective, absent.weight, allowed);
      return;
    }
    const position = this.ids.indexOf(id);
    if (position < 0) return;
    const { weights, effective } = this;
    effective[position] = lowered(effective[position]!, weights[position]!, allowed);
    this.sum();
  }

  left(id: number): void {
    this.failing.delete(id);
    this.away.delete(id);
  }

  /** Whoever stays, or was only left alone, keeps what it earned; a newcomer starts with nothing. */
  changed(backends: Backends): void {
    const kept = new Map(this.ids.map((id, position) => [id, this.standing(position)]));
    this.ids = idsOf(backends);
    const stay = new Set(this.ids);
    for (const id of this.failing)
      if (!stay.has(id) && kept.has(id)) this.away.set(id, kept.get(id)!);
    const known = this.ids.map((id) => kept.get(id) ?? this.away.get(id));
    for (const id of this.ids) this.away.delete(id);
    this.weights = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.earned = Float64Array.from(known, (standing) => standing?.earned ?? 0);
    this.effective = this.weights.map((weight, position) => {
      const standing = known[position];
      const isWhole = standing === undefined || standing.effective >= standing.weight;
      return isWhole ? weight : Math.min(weight, standing.effective);
    });
    this.sum();
  }

  private standing(position: number): Standing {
    return {
      weight: this.weights[position]!,
      effective: this.effective[position]!,
      earned: this.earned[position]!,
    };
  }

  private sum(): void {
    const { weights, effective } = this;
    this.total = effective.reduce((sum, weight) => sum + weight, 0);
    this.isLowered = effective.some((weight, position) => weight < weights[position]!);
  }
}

/** What a failure leaves of a weight. */
function lowered(effective: number, weight: number, allowed: number): number {
  return Math.max(0, effective - Math.floor(weight / allowed));
}
