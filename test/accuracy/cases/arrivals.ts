/** Arrivals in batches and bursts, and rates that change while nobody waits. */
import { exp, power } from "../../../src/kernel/mathematics.ts";
import { meanPresent } from "../../../src/statistics/theory/index.ts";
import { exponential, type Platform } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import { latency, present, presentIn, queueLength, utilisation } from "../readings.ts";

function tillWith(arrivals: object): Platform {
  const till = { kind: "service", slots: 1, work: exponential(100) };
  return { workloads: { requests: { to: "till", arrivals } }, parts: { till } };
}

interface Batches {
  readonly id: string;
  readonly size: object;
  readonly mean: number;
  readonly square: number;
  readonly batchesPerSecond: number;
}

function batches({ id, size, mean, square, batchesPerSecond }: Batches): Simulated {
  const rate = batchesPerSecond * mean;
  const busy = rate / 100;
  const number = (busy * (1 + square / mean)) / (2 * (1 - busy));
  return {
    id: `batches-${id}`,
    what: `Requests that come several at a time (${id})`,
    source: "Gross, Shortle, Thompson, Harris, Fundamentals of Queueing Theory (2008), section 3.1",
    platform: tillWith({ kind: "batch", of: { rate: `${batchesPerSecond}/s` }, size }),
    warmUpSeconds: 60,
    seconds: secondsFor(4e6, rate),
    claims: [
      [latency("mean"), number / rate],
      [queueLength("till"), number - busy],
      [utilisation("till"), busy],
    ],
  };
}

type Phase = readonly [ratePerSecond: number, holdingSeconds: number];

function bursts(id: string, [one, two]: readonly [Phase, Phase], requests: number): Simulated {
  const switching = [[0, 1 / one[1]], [1 / two[1], 0]]; // prettier-ignore
  const number = meanPresent({
    up: [[one[0], 0], [0, two[0]]], // prettier-ignore
    busy: switching,
    idle: switching,
    down: [[100, 0], [0, 100]], // prettier-ignore
  });
  const rate = (one[0] * one[1] + two[0] * two[1]) / (one[1] + two[1]);
  const states = [one, two].map(([arrivals, holding]) => ({
    rate: `${arrivals}/s`,
    holding: `${holding} s`,
  }));
  return {
    id: `bursts-${id}`,
    long: true,
    what: `Poisson arrivals whose rate jumps between ${one[0]} and ${two[0]} a second`,
    source: "M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models (1981): MMPP/M/1",
    platform: tillWith({ kind: "mmpp", states }),
    warmUpSeconds: 300,
    seconds: secondsFor(requests, rate),
    claims: [
      [latency("mean"), number / rate],
      [present("till"), number],
      [utilisation("till"), rate / 100],
    ],
  };
}

/** λ times the mean over a stretch of time of ∫ P(S > u) du from 0 to t. */
function infiniteServers(): Simulated {
  const [rate, shape, minimum] = [4, 1.8, 0.5];
  // ∫∫ of (m/u)^a beyond m: once for the number, once more for its mean over a stretch.
  const number = (t: number) =>
    (rate * minimum * (shape - power(minimum / t, shape - 1))) / (shape - 1);
  const sum = (t: number) =>
    (rate * minimum * shape * t) / (shape - 1) -
    ((rate * power(minimum, shape)) / (shape - 1) / (2 - shape)) * power(t, 2 - shape);
  const slots = 1000;
  const claim = (at: number): Claim => [presentIn("till", at, slots), sum(at + 1) - sum(at)];
  return {
    id: "infinite-servers-pareto",
    what: `Servers enough for all fill up under Pareto work: towards ${Number(number(1e9).toPrecision(3))}`,
    source: "S. G. Eick, W. A. Massey, W. Whitt, Management Science 39 (1993)",
    platform: {
      workloads: { requests: { to: "till", arrivals: { kind: "poisson", rate: `${rate}/s` } } },
      parts: {
        till: { kind: "service", slots, work: { kind: "pareto", minimum: "500 ms", shape } },
      },
    },
    seconds: 11,
    windowSeconds: 1,
    replications: 4000,
    terminating: true,
    claims: [1, 3, 9].map(claim),
  };
}

type Window = readonly [from: number, to: number];

/** From one rate to another at once: the number follows as its mean over the time of service. */
function rateJump(): Simulated {
  const [before, after, jump, mean, slots] = [20, 80, 10, 4, 1000];
  /** Mean over a window of what is left of calls that were there at 0. */
  const left = ([from, to]: Window) => (mean * (exp(-from / mean) - exp(-to / mean))) / (to - from);
  const early = (window: Window) => before * mean * (1 - left(window));
  const there = before * mean * (1 - exp(-jump / mean));
  const late = (window: Window) => after * mean * (1 - left(window)) + there * left(window);
  const points = [["0 s", `${before}/s`], [`${jump} s`, `${before}/s`], [`${jump} s`, `${after}/s`]]; // prettier-ignore
  const rate = { kind: "profile", points };
  return {
    id: "infinite-servers-rate-jump",
    what: "Servers enough for all, and four times as many arrivals from one instant on",
    source: "S. G. Eick, W. A. Massey, W. Whitt, Management Science 39 (1993)",
    platform: {
      workloads: { requests: { to: "till", arrivals: { kind: "poisson", rate } } },
      parts: { till: { kind: "service", slots, work: exponential(1 / mean) } },
    },
    seconds: 30,
    windowSeconds: 2,
    replications: 2000,
    terminating: true,
    claims: [
      [presentIn("till", 1, slots), early([2, 4])],
      [presentIn("till", 5, slots), late([0, 2])],
      [presentIn("till", 7, slots), late([4, 6])],
      [presentIn("till", 14, slots), late([18, 20])],
    ],
  };
}

export const arrivals: readonly Family[] = [
  {
    name: "Batches and bursts",
    cases: [
      batches({ id: "four", size: { kind: "constant", value: 4 }, mean: 4, square: 16, batchesPerSecond: 20 }), // prettier-ignore
      batches({ id: "geometric", size: { kind: "geometric", mean: 4 }, mean: 4, square: 28, batchesPerSecond: 15 }), // prettier-ignore
      bursts("half-second", [[160, 0.5], [40, 1]], 2e7), // prettier-ignore
      bursts("rare-spikes", [[300, 1], [50, 25]], 4e7), // prettier-ignore
      infiniteServers(),
      rateJump(),
    ],
  },
];
