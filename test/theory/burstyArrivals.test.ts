/** Arrivals that come together or in bursts: the simulator against the formulas for such queues. */
import { test } from "vitest";
import { meanPresent } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential } from "./platforms.ts";
import { latency, queueLength, throughput, utilisation, waiting } from "./readings.ts";

const serviceRatePerSecond = 1000;

// M^X/M/1: L = u (1 + E[X²] / E[X]) / (2 (1 - u)), Gross, Shortle, Thompson and Harris,
// Fundamentals of Queueing Theory (2008), section 3.1.
test.each<{ law: string; size: object; mean: number; square: number; batchesPerSecond: number }>([
  {
    law: "five",
    size: { kind: "constant", value: 5 },
    mean: 5,
    square: 25,
    batchesPerSecond: 120,
  },
  {
    law: "geometrically many",
    size: { kind: "geometric", mean: 4 },
    mean: 4,
    square: 4 * 4 * (2 - 1 / 4),
    batchesPerSecond: 125,
  },
])(
  "requests that come $law at a time wait as M^X/M/1 does",
  ({ size, mean, square, batchesPerSecond }) => {
    const busy = (batchesPerSecond * mean) / serviceRatePerSecond;
    const present = (busy * (1 + square / mean)) / (2 * (1 - busy));
    const arrivals = { kind: "batch", of: { rate: `${batchesPerSecond}/s` }, size };
    return agree({ ...tillWith(arrivals), warmUpSeconds: 0.5, seconds: 30 }, [
      [throughput("till"), batchesPerSecond * mean],
      [utilisation("till"), busy],
      [latency("mean"), present / (batchesPerSecond * mean), 0.05],
      [waiting("till", "mean"), (present - busy) / (batchesPerSecond * mean), 0.05],
      [queueLength("till"), present - busy, 0.05],
    ]);
  },
);

// While it is busy more come than can be served, so the wait hangs on how long that lasts.
test("requests in Markov-modulated bursts wait as MMPP/M/1 does", () => {
  const calm = { ratePerSecond: 300, holdingSeconds: 0.1 };
  const burst = { ratePerSecond: 1500, holdingSeconds: 0.02 };
  const { share, present } = mmpp2([calm, burst]);
  const meanRate = share[0] * calm.ratePerSecond + share[1] * burst.ratePerSecond;
  const busy = meanRate / serviceRatePerSecond;
  const states = [calm, burst].map(({ ratePerSecond, holdingSeconds }) => ({
    rate: `${ratePerSecond}/s`,
    holding: `${holdingSeconds} s`,
  }));
  return agree({ ...tillWith({ kind: "mmpp", states }), warmUpSeconds: 1, seconds: 50 }, [
    [throughput("till"), meanRate],
    [utilisation("till"), busy],
    [latency("mean"), present / meanRate, 0.05],
    [waiting("till", "mean"), (present - busy) / meanRate, 0.08],
    [queueLength("till"), present - busy, 0.08],
  ]);
});

function tillWith(arrivals: object) {
  const till = { kind: "service", slots: 1, work: exponential(serviceRatePerSecond) };
  return { workloads: { requests: { to: "till", arrivals } }, parts: { till } };
}

interface Phase {
  readonly ratePerSecond: number;
  readonly holdingSeconds: number;
}

/** The share of each of two phases, and the mean number of requests present. */
function mmpp2([one, two]: readonly [Phase, Phase]) {
  const [a, b] = [1 / one.holdingSeconds, 1 / two.holdingSeconds];
  const switching = [[0, a], [b, 0]]; // prettier-ignore
  const service = [[serviceRatePerSecond, 0], [0, serviceRatePerSecond]]; // prettier-ignore
  return {
    share: [b / (a + b), a / (a + b)] as const,
    present: meanPresent({
      up: [[one.ratePerSecond, 0], [0, two.ratePerSecond]], // prettier-ignore
      busy: switching,
      idle: switching,
      down: service,
    }),
  };
}
