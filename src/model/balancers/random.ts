/** Random: any backend, in proportion to weight, whatever its load. */
import { balancer } from "./balancer.ts";
import { WeightedDraw } from "./weightedDraw.ts";

export const random = balancer({
  kind: "random",
  summary: "Sends each call to a backend drawn at random, in proportion to weight.",
  source: "nginx: src/http/modules/ngx_http_upstream_random_module.c",
  notes: "Uneven in the short run: each backend sees arrivals as random as the whole stream.",
  oblivious: true,
  options: {},
  create(_options, context) {
    const backends = new WeightedDraw(context.random);
    return {
      choose: () => backends.draw(),
      changed: (members) => backends.changed(members),
    };
  },
});
