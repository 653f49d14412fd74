/** Never queue: an idle backend if there is one, whatever its weight; else shortest expected delay. */
import { balancer } from "./balancer.ts";
import { LeastOverhead } from "./leastOverhead.ts";

export const neverQueue = balancer({
  kind: "never-queue",
  summary:
    "Sends each call to the first idle backend, or where (calls in flight + 1) / weight is least.",
  source: "Linux: net/netfilter/ipvs/ip_vs_nq.c",
  notes:
    "A slow idle backend is preferred to a fast busy one; idle means without calls of this balancer.",
  options: {},
  create: () =>
    new LeastOverhead((inFlight, weight) => (inFlight === 0 ? 0 : (inFlight + 1) / weight)),
});
