/** A platform that is broad rather than busy: many classes, many parts, many windows, the same load. */
import type { Curve } from "./curve.ts";
import { steady, written } from "./steady.ts";
import { scenarioOf } from "../publicPath.ts";
import { simulate } from "../../src/experiment/replication.ts";

const RATE = 10_000;
const arrivals = (rate: number) => ({ kind: "poisson", rate: `${rate} rps` });
const till = { kind: "service", slots: 20, work: { kind: "exponential", mean: "1 ms" } };
const numbered = <Value>(count: number, prefix: string, value: (index: number) => Value) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, value(i)]));
const seconds = (quick: boolean) => (quick ? 1 : 30);

export const classes: Curve = {
  title: "request classes of one workload",
  unit: "ns per request",
  sizes: [1, 10, 100, 1000],
  measure(size, quick) {
    const count = Number(size);
    const mix = numbered(count, "class", () => ({ share: `${100 / count} %` }));
    const workloads = { clients: { to: "till", arrivals: arrivals(RATE), mix } };
    const { cpu, arrived } = steady(written(seconds(quick), { workloads, parts: { till } }), 20);
    return cpu / arrived;
  },
};

export const parts: Curve = {
  title: "parts, each with a workload of its own",
  unit: "ns per request",
  sizes: [1, 10, 100],
  measure(size, quick) {
    const count = Number(size);
    const workloads = numbered(count, "clients", (i) => ({
      to: `till${i}`,
      arrivals: arrivals(RATE / count),
    }));
    const scenario = written(seconds(quick), {
      workloads,
      parts: numbered(count, "till", () => till),
    });
    const { cpu, arrived } = steady(scenario, 20);
    return cpu / arrived;
  },
};

export const windows: Curve = {
  title: "windows of the time series",
  unit: "ns per request",
  sizes: [10, 100, 1000, 10_000],
  measure(size, quick) {
    const duration = seconds(quick);
    const run = { duration: `${duration} s`, window: `${duration / Number(size)} s` };
    const workloads = { clients: { to: "till", arrivals: arrivals(RATE) } };
    const text = JSON.stringify({ title: "windows", run, workloads, parts: { till } });
    const scenario = scenarioOf(text, "windows.yaml");
    const before = process.cpuUsage();
    const { classes } = simulate(scenario, 0);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / classes[0]!.all.generated;
  },
};
