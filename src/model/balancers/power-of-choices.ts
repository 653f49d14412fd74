/**
 * Power of d choices: draw d backends, take the least loaded of them.
 *
 * Two draws already remove most of the imbalance of one, and the drawing keeps
 * many balancers from herding onto the same idle backend.
 */
import { count, flag } from "../../schema/fields.ts";
import { balancer, type Backends, type Balancer } from "./balancer.ts";
import { WeightedDraw } from "./weightedDraw.ts";

export const powerOfChoices = balancer({
  kind: "power-of-choices",
  summary: "Draws a few backends at random and takes the least loaded of them.",
  source:
    "Mitzenmacher, IEEE TPDS 12(10), 2001; weights: nginx, src/http/modules/ngx_http_upstream_random_module.c",
  notes:
    "Load is calls in flight per weight, and heavy backends are drawn more often. Of equals the one drawn first is taken.",
  options: {
    choices: count("Backends drawn for each call.", { min: 1, max: 100 }).prefault(2),
    replacement: flag("Whether the same backend may be drawn twice for one call.").default(false),
  },
  create: ({ choices, replacement }, context) =>
    new PowerOfChoices(choices, replacement, new WeightedDraw(context.random)),
});

class PowerOfChoices implements Balancer {
  private readonly choices: number;
  private readonly replacement: boolean;
  private readonly draws: WeightedDraw;

  constructor(choices: number, replacement: boolean, draws: WeightedDraw) {
    this.choices = choices;
    this.replacement = replacement;
    this.draws = draws;
  }

  changed(backends: Backends): void {
    this.draws.changed(backends);
  }

  choose(backends: Backends): number {
    return this.replacement ? this.fromAll(backends) : this.fromDistinct(backends);
  }

  private fromAll(backends: Backends): number {
    let best = this.draws.draw();
    for (let drawn = 1; drawn < this.choices; drawn++)
      best = lessLoaded(backends, best, this.draws.draw());
    return best;
  }

  private fromDistinct(backends: Backends): number {
    const choices = Math.min(this.choices, backends.size);
    let best = this.draws.take();
    for (let drawn = 1; drawn < choices; drawn++)
      best = lessLoaded(backends, best, this.draws.take());
    this.draws.putBack();
    return best;
  }
}

/** The rival if it has fewer calls in flight per weight; multiplied out, so that equal is equal. */
function lessLoaded(backends: Backends, best: number, rival: number): number {
  const rivalLoad = backends.inFlight(rival) * backends.weight(best);
  return rivalLoad < backends.inFlight(best) * backends.weight(rival) ? rival : best;
}
