/**
 * Least time: the backend that should be done with its calls first, going by how long its answers
 * have taken lately.
 *
 *     score = answer time, to the next 20 ms × (1 + calls in flight) / weight
 *
 * Among equal scores smooth weighted round robin decides, so backends less than 20 ms apart share.
 */
import { MILLISECOND, SECOND, type Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { balancer, idsOf, type Backends, type Balancer, type BalancerContext } from "./balancer.ts";

/** Answer times are told apart in steps of this, up to the slowest [ms]. */
const STEP = 20;
const SLOWEST = 5000;

export const leastTime = balancer({
  kind: "least-time",
  summary: "Sends each call where answers have been fast and few calls are in flight.",
  source: "nginx: src/http/modules/ngx_http_upstream_least_time_module.c (last_byte)",
  notes:
    "Looks at every backend for every choice, as the product does: slow with thousands of them. Times are an average in which a new answer counts 5 %; only good answers count. A backend without answers counts as fast.",
  linear: true,
  options: {
    "halve-after": duration(
      "How long a backend must have got no calls for its time to count half: nginx's fail_timeout.",
      { min: SECOND },
    ).prefault("10 s"),
  },
  create: (options, { clock }) => new LeastTime(options["halve-after"], clock),
});

class LeastTime implements Balancer {
  private readonly halveAfterSeconds: number;
  private readonly clock: BalancerContext["clock"];
  private ids: readonly number[] = [];
  /** By position: weight, average answer time [ms], when it was last looked after [s], turns earned. */
  private weight = new Float64Array(0);
  private time = new Float64Array(0);
  private checked = new Float64Array(0);
  private earned = new Float64Array(0);
  private readonly scores: number[] = [];

  constructor(halveAfter: Duration, clock: BalancerContext["clock"]) {
    this.halveAfterSeconds = Math.floor(halveAfter / SECOND);
    this.clock = clock;
  }

  choose(backends: Backends): number {
    const now = this.nowSeconds;
    let least = Infinity;
    for (let position = 0; position < backends.size; position++) {
      const score = this.score(position, backends.inFlight(position), now);
      this.scores[position] = score;
      if (score < least) least = score;
    }
    const best = this.turnAmong(least, backends.size);
    if (now - this.checked[best]! > this.halveAfterSeconds) this.checked[best] = now;
    return best;
  }

  private score(position: number, inFlight: number, now: number): number {
    let time = this.time[position]!;
    const idle = now - this.checked[position]!;
    if (idle > this.halveAfterSeconds) {
      const halvings = Math.floor(idle / (this.halveAfterSeconds + 1));
      time = halvings < 32 ? Math.floor(time / 2 ** halvings) : 0;
    }
    time = time > SLOWEST ? SLOWEST : time + STEP - (time % STEP);
    return (time * (1 + inFlight)) / this.weight[position]!;
  }

  /** One of those with the least score; a score that nobody shares needs no turn. */
  private turnAmong(least: number, size: number): number {
    const { scores, earned, weight } = this;
    let best = scores.indexOf(least);
    const next = scores.indexOf(least, best + 1);
    if (next < 0 || next >= size) return best;
    let total = 0;
    for (let position = best; position < size; position++) {
      if (scores[position] !== least) continue;
      earned[position]! += weight[position]!;
      total += weight[position]!;
      if (earned[position]! > earned[best]!) best = position;
    }
    earned[best]! -= total;
    return best;
  }

  answered(position: number, elapsed: Duration, good: boolean): void {
    if (!good) return;
    const last = Math.floor(elapsed / MILLISECOND);
    const time = this.time[position]!;
    this.time[position] = time === 0 ? last : Math.floor((19 * time + last) / 20);
  }

  /** Whoever stays keeps what is known of it; a newcomer counts as fast. */
  changed(backends: Backends): void {
    const before = new Map(this.ids.map((id, position) => [id, position]));
    const kept = (values: Float64Array, fresh: number) =>
      Float64Array.from(this.ids, (id) => values[before.get(id) ?? -1] ?? fresh);
    this.ids = idsOf(backends);
    this.weight = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.time = kept(this.time, 0);
    this.checked = kept(this.checked, this.nowSeconds);
    this.earned = kept(this.earned, 0);
  }

  /** The product's clock has whole seconds. */
  private get nowSeconds(): number {
    return Math.floor(this.clock.now / SECOND);
  }
}
