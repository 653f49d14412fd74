/** Several parts together: Jackson, Burke, Flatto and Hahn, and Little. */
import { expect, test } from "vitest";
import { exp } from "../../src/kernel/mathematics.ts";
import { forkJoin, mg1, mm1, mmc } from "../../src/statistics/theory/index.ts";
import { agree, replicate } from "./agreement.ts";
import { exponential, source } from "./platforms.ts";
import { latency, partOf, queueLength, utilisation, waiting } from "./readings.ts";

const MANY = 100_000;

// P. J. Burke (1956): what leaves an M/M/c queue is Poisson, so the mean times add up.
test("requests that pass three queues in a row take the sum of three M/M/c times", () => {
  const arrivalRatePerSecond = 300;
  const theories = {
    web: mmc({ arrivalRatePerSecond, serviceRatePerSecond: 100, servers: 4 }),
    search: mmc({ arrivalRatePerSecond, serviceRatePerSecond: 450, servers: 1 }),
    stock: mmc({ arrivalRatePerSecond, serviceRatePerSecond: 40, servers: 12 }),
  };
  const queue = (servers: number, rate: number, next: string[]) => ({
    kind: "service",
    slots: servers,
    "while-calling": "release",
    operations: { default: [{ work: exponential(rate) }, ...next.map((call) => ({ call }))] },
  });
  const platform = {
    workloads: source("web", arrivalRatePerSecond),
    parts: {
      web: queue(4, 100, ["search"]),
      search: queue(1, 450, ["stock"]),
      stock: queue(12, 40, []),
    },
  };
  const { web, search, stock } = theories;
  return agree({ ...platform, warmUpSeconds: 2, seconds: 70 }, [
    [latency("mean"), web.responseSeconds + search.responseSeconds + stock.responseSeconds],
    ...Object.entries(theories).map(
      ([part, theory]) => [utilisation(part), theory.utilisation] as const,
    ),
    [waiting("web", "mean"), web.waitingSeconds, 0.06],
    [queueLength("search"), search.queueLength, 0.05],
    [queueLength("stock"), stock.queueLength, 0.15],
  ]);
});

// E. Reich (1957): the two times are independent, so with equal spare rates their sum has two equal
// phases, and twice the spare rate times it is chi-square with four degrees of freedom.
test("two queues in a row have the response times of two independent M/M/1 queues", () => {
  const spareRatePerSecond = 400;
  const chiSquareWithFourDegrees = { p50: 3.35669, p90: 7.77944, p99: 13.2767 };
  const at = (p: "p50" | "p90" | "p99") => chiSquareWithFourDegrees[p] / (2 * spareRatePerSecond);
  const platform = {
    workloads: source("web", 600),
    parts: {
      web: {
        kind: "service",
        slots: 1,
        "while-calling": "release",
        operations: { default: [{ work: exponential(1000) }, { call: "stock.read" }] },
      },
      stock: { kind: "database", slots: 1, read: exponential(1000) },
    },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 50 }, [
    [latency("mean"), 2 / spareRatePerSecond],
    [latency("p50"), at("p50")],
    [latency("p90"), at("p90")],
    [latency("p99"), at("p99"), 0.03],
  ]);
});

// L. Flatto, S. Hahn, SIAM J. Appl. Math. 44 (1984).
test.each([
  { arrivalRatePerSecond: 500, seconds: 25 },
  { arrivalRatePerSecond: 700, seconds: 45 },
])(
  "two calls in parallel to servers with $arrivalRatePerSecond of 1000 a second are a fork-join of two",
  ({ arrivalRatePerSecond, seconds }) => {
    const rates = { arrivalRatePerSecond, serviceRatePerSecond: 1000 };
    const queue = mm1(rates);
    const platform = {
      workloads: source("web", arrivalRatePerSecond),
      parts: parallel(["left", "right"], 1, MANY),
    };
    return agree({ ...platform, warmUpSeconds: 1, seconds }, [
      [latency("mean"), forkJoin({ ...rates, servers: 2 })],
      [waiting("left", "mean"), queue.waitingSeconds, 0.04],
      [waiting("right", "mean"), queue.waitingSeconds, 0.04],
    ]);
  },
);

// A slot held until the slowest of three answers: M/G/1 with the largest of three exponentials as
// work, of mean 1 + 1/2 + 1/3 and variance 1 + 1/4 + 1/9 (R. Nelson, A. N. Tantawi, IEEE TC 37, 1988).
test("one slot that waits for three parallel calls is an M/G/1 queue", () => {
  const arrivalRatePerSecond = 300;
  const serviceSeconds = 11 / 6 / 1000;
  const theory = mg1({ arrivalRatePerSecond, serviceSeconds, serviceScv: 49 / 121 });
  const platform = {
    workloads: source("web", arrivalRatePerSecond),
    parts: parallel(["left", "middle", "right"], MANY, 1),
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 52 }, [
    [utilisation("web"), theory.utilisation],
    [latency("mean"), theory.responseSeconds],
    [waiting("web", "mean"), theory.waitingSeconds, 0.03],
  ]);
});

// S. G. Eick, W. A. Massey, W. Whitt, Management Science 39 (1993): nobody waits for anybody, so a
// rate that climbs by `slope` has slope · (t/μ - 1/μ² (1 - e^-μt)) in service, here averaged over 10 s.
test("a climbing rate fills servers enough for all as the infinite-server queue says", () => {
  const [slope, serviceRatePerSecond, seconds] = [1000, 1, 10];
  const mean = slope * (seconds / (2 * serviceRatePerSecond) - 1 + (1 - exp(-seconds)) / seconds);
  const rate = { kind: "profile", points: [["0 s", "0/s"], ["10 s", "10000/s"]] }; // prettier-ignore
  const platform = {
    workloads: { requests: { to: "web", arrivals: { kind: "poisson", rate } } },
    parts: { web: { kind: "service", slots: MANY, work: exponential(serviceRatePerSecond) } },
  };
  return agree({ ...platform, seconds }, [[utilisation("web"), mean / MANY, 0.005]]);
});

// J. D. C. Little (1961), as an identity: the system begins and ends empty.
test("in every part the time spent waiting and served is the integral of the numbers there", async () => {
  const rate = {
    kind: "profile",
    interpolation: "step",
    points: [["0 s", "900/s"], ["8 s", "0/s"]], // prettier-ignore
  };
  const client = {
    timeout: "40 ms",
    retry: { attempts: 3, backoff: { kind: "full-jitter", base: "20 ms" } },
  };
  const platform = {
    workloads: { requests: { to: "edge", arrivals: { kind: "poisson", rate }, client } },
    parts: {
      edge: { kind: "load-balancer", to: "web", balancer: { kind: "power-of-choices" } },
      web: {
        kind: "service",
        fleet: { instances: 4 },
        slots: 5,
        queue: { limit: 20, discipline: "lifo" },
        operations: {
          default: [
            { work: { kind: "lognormal", mean: "8 ms", cv: 1.5 } },
            { parallel: [{ call: "stock.read" }, { call: "stock.write", timeout: "30 ms", optional: true }] }, // prettier-ignore
          ],
        },
      },
      stock: { kind: "database", fleet: { instances: 2 }, slots: 3 },
    },
  };
  for (const result of await replicate({ ...platform, seconds: 20, replications: 3 }, "1")) {
    expect(result.conservation.inFlight + result.conservation.calls.inFlight).toBe(0);
    for (const [name, slots] of [
      ["web", 20],
      ["stock", 6],
    ] as const) {
      // prettier-ignore
      const part = partOf(result, name);
      const waited = part.waitingTime!.count * part.waitingTime!.mean!;
      const served = part.serviceTime!.count * part.serviceTime!.mean!;
      expect(part.queueLength!.mean * 20).toBeCloseTo(waited, 6);
      expect(part.utilisation! * slots * 20).toBeCloseTo(served, 6);
    }
  }
});

/** A web tier that calls several servers at once and waits for all of them. */
function parallel(servers: readonly string[], slotsBehind: number, slots: number): object {
  const behind = servers.map((name) => [
    name,
    { kind: "service", slots: slotsBehind, work: exponential(1000) },
  ]);
  const steps = [{ parallel: servers.map((call) => ({ call })) }];
  return {
    web: { kind: "service", slots, operations: { default: steps } },
    ...(Object.fromEntries(behind) as object),
  };
}
