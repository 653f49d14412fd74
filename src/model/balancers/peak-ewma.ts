/**
 * Peak EWMA: of two backends drawn, the one whose answers cost less.
 *
 *     cost = peak-sensitive average of answer times × (calls in flight + 1)
 *
 * The average jumps up to a slow answer at once and comes down exponentially with time.
 */
import { exp } from "../../kernel/mathematics.ts";
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import type { Random } from "../../kernel/random.ts";
import { duration } from "../../schema/fields.ts";
import { balancer, idsOf, type Backends, type Balancer, type BalancerContext } from "./balancer.ts";

/** The cost of a backend that has calls in flight and has never answered one [ns]. */
const UNKNOWN = 2 ** 47;

export const peakEwma = balancer({
  kind: "peak-ewma",
  summary: "Of two backends drawn at random, takes the one whose recent answers were faster.",
  source:
    "Finagle: finagle-core/src/main/scala/com/twitter/finagle/loadbalancer/{PeakEwma,P2C}.scala",
  notes:
    "Every answer counts, failures too: a backend that fails fast looks fast. Weights do not matter to it.",
  options: {
    decay: duration(
      "How long the memory of an answer lasts: its weight falls to 1/e in this time.",
      {
        min: MILLISECOND,
      },
    ).prefault("10 s"),
  },
  create: ({ decay }, { random, clock }) => new PeakEwma(decay, random, clock),
});

class PeakEwma implements Balancer {
  private readonly decay: Duration;
  private readonly random: Random;
  private readonly clock: BalancerContext["clock"];
  private ids: readonly number[] = [];
  /** By position: the average of answer times [ns], and when it was last brought up to date [ns]. */
  private time = new Float64Array(0);
  private seenAt = new Float64Array(0);

  constructor(decay: Duration, random: Random, clock: BalancerContext["clock"]) {
    this.decay = decay;
    this.random = random;
    this.clock = clock;
  }

  choose(backends: Backends): number {
    if (backends.size === 1) return 0;
    const one = this.random.below(backends.size);
    const draw = this.random.below(backends.size - 1);
    const other = draw < one ? draw : draw + 1;
    const dearer =
      this.cost(one, backends.inFlight(one)) > this.cost(other, backends.inFlight(other));
    return dearer ? other : one;
  }

  answered(position: number, elapsed: Duration): void {
    if (elapsed >= 0) this.observe(position, elapsed);
  }

  changed(backends: Backends): void {
    const before = new Map(this.ids.map((id, position) => [id, position]));
    const kept = (values: Float64Array, fresh: number) =>
      Float64Array.from(this.ids, (id) => values[before.get(id) ?? -1] ?? fresh);
    this.ids = idsOf(backends);
    this.time = kept(this.time, 0);
    this.seenAt = kept(this.seenAt, this.clock.now);
  }

  private cost(position: number, inFlight: number): number {
    this.observe(position, 0);
    const time = this.time[position]!;
    return time === 0 && inFlight > 0 ? UNKNOWN + inFlight : time * (inFlight + 1);
  }

  private observe(position: number, elapsed: Duration): void {
    const { now } = this.clock;
    const time = this.time[position]!;
    const kept = exp((this.seenAt[position]! - now) / this.decay);
    this.time[position] = elapsed > time ? elapsed : time * kept + elapsed * (1 - kept);
    this.seenAt[position] = now;
  }
}
