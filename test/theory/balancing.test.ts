/** Many queues and somebody who chooses among them. */
import { test } from "vitest";
import {
  erlangGaps,
  gim1,
  joinShortestOfTwo,
  mm1,
  powerOfChoices,
} from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, source, type Law, type Platform } from "./platforms.ts";
import { latency, throughput, utilisation, waiting } from "./readings.ts";

const serviceRatePerSecond = 1000;

// Every n-th of Poisson arrivals: Erlang-n gaps, so E_n/M/1 (Kleinrock I, 1975, chapter 6).
test("round robin over four servers makes each an E4/M/1 queue", () => {
  const arrivalRatePerSecond = 2800;
  const theory = gim1(erlangGaps(arrivalRatePerSecond / 4, 4), serviceRatePerSecond);
  const platform = balanced("round-robin", 4, arrivalRatePerSecond);
  return agree({ ...platform, warmUpSeconds: 1, seconds: 15 }, [
    [utilisation("station"), theory.utilisation],
    [throughput("station"), arrivalRatePerSecond],
    [latency("mean"), theory.responseSeconds],
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
    [waiting("station", "mean"), theory.waitingSeconds, 0.03],
    [waiting("station", "p90"), theory.waitingSecondsAt(0.9), 0.03],
  ]);
});

// With equal weights the smooth variant is plain rotation.
test("smooth weighted round robin with equal weights does what round robin does", () => {
  const arrivalRatePerSecond = 1400;
  const theory = gim1(erlangGaps(arrivalRatePerSecond / 2, 2), serviceRatePerSecond);
  const platform = balanced("smooth-weighted-round-robin", 2, arrivalRatePerSecond);
  return agree({ ...platform, warmUpSeconds: 1, seconds: 30 }, [
    [latency("mean"), theory.responseSeconds],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
  ]);
});

// Poisson arrivals divided by lot are Poisson again (Kleinrock I, 1975, section 2.5).
test("random choice among four servers makes each an M/M/1 queue", () => {
  const arrivalRatePerSecond = 2800;
  const theory = mm1({ arrivalRatePerSecond: 700, serviceRatePerSecond });
  const platform = balanced("random", 4, arrivalRatePerSecond);
  return agree({ ...platform, warmUpSeconds: 1, seconds: 18 }, [
    [utilisation("station"), theory.utilisation],
    [latency("mean"), theory.responseSeconds],
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
    [waiting("station", "mean"), theory.waitingSeconds, 0.03],
  ]);
});

// J. F. C. Kingman, Ann. Math. Stat. 32 (1961). Both see the shorter of two queues.
test.each(["least-connections", "join-shortest-queue", { kind: "power-of-choices", choices: 2 }])(
  "%o over two servers joins the shortest queue",
  (balancer) => {
    const rates = { arrivalRatePerSecond: 1400, serviceRatePerSecond };
    const platform = balanced(balancer, 2, rates.arrivalRatePerSecond);
    return agree({ ...platform, warmUpSeconds: 1, seconds: 24 }, [
      [utilisation("station"), 0.7],
      [latency("mean"), joinShortestOfTwo(rates)],
    ]);
  },
);

// M. Mitzenmacher, IEEE TPDS 12(10), 2001: the limit of very many servers, whether or not one may
// be drawn twice. 500 servers come within a third of a percent of it.
test.each([
  { choices: 2, replacement: false },
  { choices: 2, replacement: true },
  { choices: 3, replacement: false },
])(
  "many servers with $choices choices each (replacement: $replacement) answer as in the limit",
  ({ choices, replacement }) => {
    const theory = powerOfChoices({ utilisation: 0.8, choices });
    const balancer = { kind: "power-of-choices", choices, replacement };
    const platform = balanced(balancer, 500, 400_000);
    return agree({ ...platform, warmUpSeconds: 0.03, seconds: 0.13, replications: 16 }, [
      [utilisation("station"), 0.8],
      [latency("mean"), theory / serviceRatePerSecond],
    ]);
  },
);

// Two servers, each at 0.8: the chain of their sorted lengths, solved numerically elsewhere, gives
// 45/13 of a service time. With any idle server taken and lots drawn among the busy.
test("join-idle-queue over two servers is as good as the chain of its states says", () => {
  const platform = balanced("join-idle-queue", 2, 1600);
  return agree({ ...platform, warmUpSeconds: 2, seconds: 31, replications: 24 }, [
    [utilisation("station"), 0.8],
    [latency("mean"), 45 / 13 / serviceRatePerSecond, 0.03],
  ]);
});

/** A load balancer before instances with one slot each. */
function balanced(balancer: Law, instances: number, arrivalRatePerSecond: number): Platform {
  return {
    workloads: source("balancer", arrivalRatePerSecond),
    parts: {
      balancer: { kind: "load-balancer", to: "station", balancer },
      station: {
        kind: "service",
        fleet: { instances },
        slots: 1,
        work: exponential(serviceRatePerSecond),
      },
    },
  };
}
