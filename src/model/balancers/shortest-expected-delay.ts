/** Shortest expected delay: where the call, once there, would find the fewest calls per weight. */
import { balancer } from "./balancer.ts";
import { LeastOverhead } from "./leastOverhead.ts";

export const shortestExpectedDelay = balancer({
  kind: "shortest-expected-delay",
  summary: "Sends each call where (calls in flight + 1) / weight is least.",
  source: "Linux: net/netfilter/ipvs/ip_vs_sed.c",
  notes:
    "The first of equals is taken, as the product does: of an idle fleet of equal weights only the first backend gets calls until it has one in flight.",
  options: {},
  create: () => new LeastOverhead((inFlight, weight) => (inFlight + 1) / weight),
});
