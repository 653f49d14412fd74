/** Instances behind one balancer, for every balancer there is: each instance equally busy. */
import { balancers } from "../../src/model/balancers/index.ts";
import type { Curve } from "./curve.ts";
import { steady, written } from "./steady.ts";

const WORK_SECONDS = 0.1;
const UTILISATION = 0.7;

export const balancerCurves: readonly Curve[] = balancers.map(({ kind, linear }) => ({
  title: `instances behind ${kind}${linear ? " (declared linear)" : ""}`,
  unit: "ns per request",
  sizes: [10, 100, 1000, 10_000],
  ...(linear ? {} : { bound: { size: 10_000, against: 10, ratio: 3 } }),
  measure: (size: number | string, quick: boolean) =>
    costPerRequest(kind, Number(size), quick ? 8000 : linear ? 60_000 : 300_000),
}));

function costPerRequest(balancer: string, instances: number, requests: number): number {
  const rate = (UTILISATION * instances) / WORK_SECONDS;
  // Few windows: closing one looks at every instance, which is no cost of balancing.
  const platform = {
    workloads: { clients: { to: "edge", arrivals: { kind: "poisson", rate: `${rate} rps` } } },
    parts: {
      edge: { kind: "load-balancer", to: "web", balancer, ...limitFor(balancer) },
      web: {
        kind: "service",
        fleet: { instances },
        slots: 1,
        work: { kind: "exponential", mean: `${WORK_SECONDS} s` },
      },
    },
  };
  const scenario = written(requests / rate, platform, { windows: 10 });
  const { cpu, arrived } = steady(scenario, 40);
  return cpu / arrived;
}

/** This one fills its backends in order, and has to know when one is full. */
function limitFor(balancer: string) {
  return balancer === "first" ? { "max-calls": 1 } : {};
}
