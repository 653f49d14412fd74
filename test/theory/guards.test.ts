/** Guards at a part's door, through the language: the simulator against formulae. */
import { describe, expect, test } from "vitest";
import { expected, stationaryShares } from "../../src/statistics/theory/birthDeath.ts";
import { erlangB, mg1 } from "../../src/statistics/theory/index.ts";
import { agree, replicate } from "./agreement.ts";
import { exponential, source, type Law, type Platform } from "./platforms.ts";
import { failed, latency, partOf, throughput, type Reading } from "./readings.ts";

const serviceRatePerSecond = 100;

/** A part with room for everybody behind guards, asked at a rate. */
function guarded(guards: object[], ratePerSecond: number, work: Law, arrivals?: string): Platform {
  return {
    workloads: source("station", ratePerSecond, arrivals),
    parts: { station: { kind: "service", slots: 1000, work, guards } },
  };
}

// A. K. Erlang (1917): M/G/c/c.
test.each(["exponential", "constant"])(
  "a bulkhead loses what Erlang's B formula says, with %s service times",
  (law) => {
    const work = law === "constant" ? "10 ms" : exponential(serviceRatePerSecond);
    const theory = erlangB({ offeredErlang: 4, servers: 5 });
    return agree(
      { ...guarded([{ kind: "bulkhead", limit: 5 }], 400, work), warmUpSeconds: 1, seconds: 20 },
      [
        [failed("rejected"), theory, 0.05],
        [throughput("station"), 400 * (1 - theory), 0.02],
      ],
    );
  },
);

// A birth-death chain whose births are those of the classes that may still come in.
test("shedding by class loses of each class what trunk reservation says", () => {
  const shares = stationaryShares({
    birthRatePerSecond: (inside) => (inside < 6 ? 900 : inside < 10 ? 300 : 0),
    deathRatePerSecond: (inside) => inside * serviceRatePerSecond,
  });
  const guards = [{ kind: "priority-shedding", limit: 10, shares: { browse: "60 %" } }];
  const platform: Platform = {
    workloads: {
      shoppers: {
        to: "station",
        arrivals: { rate: "900/s" },
        mix: { browse: { share: "66.666666667 %" }, buy: { share: "33.333333333 %" } },
      },
    },
    parts: {
      station: { kind: "service", slots: 10, work: exponential(serviceRatePerSecond), guards },
    },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 10 }, [
    [rejectedOf("browse"), expected(shares, (inside) => (inside >= 6 ? 1 : 0)), 0.03],
    [rejectedOf("buy"), shares[10]!, 0.2],
  ]);
});

// A counter that is dead for a while after each count: n / (1 + n · dead time).
test("a token bucket of one token counts Poisson calls like a counter with a dead time", () => {
  const guards = [{ kind: "token-bucket", rate: "50 rps" }];
  return agree({ ...guarded(guards, 100, "1 ms"), seconds: 20 }, [
    [throughput("station"), 100 / (1 + 100 / 50), 0.02],
  ]);
});

// Pollaczek and Khinchine: the line is an M/D/1 queue whose server is the clock of the door.
test("the line of a waiting room waits as M/D/1 does, and then the call is served", () => {
  const theory = mg1({ arrivalRatePerSecond: 70, serviceSeconds: 0.01, serviceScv: 0 });
  const guards = [{ kind: "waiting-room", rate: "100 rps" }];
  return agree({ ...guarded(guards, 70, "5 ms"), warmUpSeconds: 2, seconds: 40 }, [
    [latency("mean"), theory.waitingSeconds + 0.005, 0.03],
    [throughput("station"), 70, 0.02],
  ]);
});

describe("in the long run a limit of 50 a second lets 50 a second of 200 in", () => {
  test.each([
    { kind: "token-bucket", rate: "50 rps", burst: 10 },
    { kind: "nginx-limit-req", rate: "50 rps", burst: 10 },
    { kind: "nginx-limit-req", rate: "50 rps", burst: 10, nodelay: true },
    { kind: "fixed-window", limit: 50 },
    { kind: "sliding-window", limit: 50 },
    { kind: "sentinel-queueing", rate: "50 rps" },
    { kind: "waiting-room", rate: "50 rps", "max-wait": "1 s" },
  ])("%o", async (guard) => {
    const platform = guarded([guard], 200, "1 ms", "deterministic");
    const [result] = await replicate({ ...platform, seconds: 100, replications: 1 }, "1");
    const [counts] = partOf(result!, "station").guards!;
    // Twenty more or less: what a burst, a line or the ends of the run may hold.
    expect(Math.abs(counts!.admitted - 5000)).toBeLessThanOrEqual(60);
    expect(counts!.admitted + counts!.rejected).toBe(result!.total.generated);
  });
});

function rejectedOf(name: string): Reading {
  return {
    name: `share of ${name} rejected`,
    resolution: 1e-9,
    of({ classes }) {
      const { generated, inFlight, failed: causes } = classes.find((each) => each.name === name)!;
      return (causes["rejected"] ?? 0) / (generated - inFlight);
    },
  };
}
