/** Arrivals that come together or in bursts: the simulator against the formulas for such queues. */
import { test } from "vitest";
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

type Pair = readonly [number, number];
type Matrix = readonly [Pair, Pair];

interface Phase {
  readonly ratePerSecond: number;
  readonly holdingSeconds: number;
}

/**
 * The share of each of two phases and the mean number of requests present. The chain steps up by A,
 * down by m I and sideways by B, level 0 apart; its levels are p(n) = p(0) R^n, where
 * R = A (-B - m R)^-1 (M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models, 1981).
 */
function mmpp2([one, two]: readonly [Phase, Phase]): { share: Pair; present: number } {
  const m = serviceRatePerSecond;
  const [a, b] = [1 / one.holdingSeconds, 1 / two.holdingSeconds];
  const [x, y] = [one.ratePerSecond, two.ratePerSecond];
  let r: Matrix = [[0, 0], [0, 0]]; // prettier-ignore
  for (let round = 0; round < 10_000; round++) {
    const [[p, q], [s, t]] = inverse([
      [a + x + m - m * r[0][0], -a - m * r[0][1]],
      [-b - m * r[1][0], b + y + m - m * r[1][1]],
    ]);
    r = [[x * p, x * q], [y * s, y * t]]; // prettier-ignore
  }
  const share: Pair = [b / (a + b), a / (a + b)];
  // What is left of each phase's share at level 0: p(0) (I - R)^-1 = share.
  const rest = inverse([[1 - r[0][0], -r[0][1]], [-r[1][0], 1 - r[1][1]]]); // prettier-ignore
  // L = p(0) R (I - R)^-2 1 = share R (I - R)^-1 1, as all of these commute.
  const [above, beyond] = after(share, r);
  const [first, second] = after([above, beyond], rest);
  return { share, present: first + second };
}

/** A row times a matrix. */
function after([u, v]: Pair, [[p, q], [s, t]]: Matrix): Pair {
  return [u * p + v * s, u * q + v * t];
}

function inverse([[p, q], [s, t]]: Matrix): Matrix {
  const d = p * t - q * s;
  return [[t / d, -q / d], [-s / d, p / d]]; // prettier-ignore
}
