/** One queue before one server. */
import { power } from "../../../src/kernel/mathematics.ts";
import {
  constantGaps,
  gim1,
  mdc,
  meanPresent,
  meanPresentBetween,
  mg1,
  mg1WaitingVariance,
  mm1,
  type Averages,
} from "../../../src/statistics/theory/index.ts";
import { exponential, station, type Law } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import {
  latency,
  present,
  presentIn,
  queueLength,
  reading,
  utilisation,
  waiting,
  waitingVariance,
  waits,
} from "../readings.ts";

const KLEINROCK = "L. Kleinrock, Queueing Systems I (1975)";
const serviceRatePerSecond = 100;
const work = exponential(serviceRatePerSecond);

function averages(theory: Averages): Claim[] {
  return [
    [latency("mean"), theory.responseSeconds],
    [waiting("station", "mean"), theory.waitingSeconds],
    [queueLength("station"), theory.queueLength],
    [utilisation("station"), theory.utilisation],
  ];
}

function mm1At(percent: number, requests: number, warmUpSeconds: number): Simulated {
  const rates = { arrivalRatePerSecond: percent, serviceRatePerSecond };
  const theory = mm1(rates);
  return {
    id: `mm1-${percent}`,
    ...(percent >= 95 ? { long: true } : {}),
    what: `One server at ${percent} % of its capacity, chance on both sides`,
    source: `${KLEINROCK}, ch. 3`,
    platform: station({ ...rates, work }),
    warmUpSeconds,
    seconds: secondsFor(requests, percent),
    claims: [
      ...averages(theory),
      [waits("station"), theory.waitingProbability],
      [present("station"), percent * theory.responseSeconds],
    ],
  };
}

function mm1Quantiles(percent: number, requests: number, warmUpSeconds: number): Simulated {
  const rates = { arrivalRatePerSecond: percent, serviceRatePerSecond };
  const theory = mm1(rates);
  return {
    id: `mm1-quantiles-${percent}`,
    ...(percent > 90 ? { long: true } : {}),
    what: `Quantiles of one server at ${percent} %`,
    source: `${KLEINROCK}, ch. 5`,
    platform: station({ ...rates, work }),
    warmUpSeconds,
    seconds: secondsFor(requests, percent),
    claims: [
      [latency("p50"), theory.responseSecondsAt(0.5)],
      [latency("p90"), theory.responseSecondsAt(0.9)],
      [latency("p99"), theory.responseSecondsAt(0.99)],
      [latency("p99.9"), theory.responseSecondsAt(0.999)],
      [waiting("station", "p50"), theory.waitingSecondsAt(0.5)],
      [waiting("station", "p90"), theory.waitingSecondsAt(0.9)],
      [waiting("station", "p99"), theory.waitingSecondsAt(0.99)],
    ],
  };
}

/** A thousand evenings that begin with nobody there. */
const fromEmpty: Simulated = {
  id: "mm1-from-empty",
  what: "One server at 90 % that begins empty: the number there after 5, 20 and 100 s",
  source: "the chain's equations, by uniformisation (A. Jensen, 1953)",
  platform: station({ arrivalRatePerSecond: 0.9, work: exponential(1) }),
  seconds: 101,
  windowSeconds: 1,
  replications: 2000,
  terminating: true,
  claims: [5, 20, 100].map((at) => [
    presentIn("station", at),
    meanPresentBetween({ arrivalRatePerSecond: 0.9, serviceRatePerSecond: 1 }, [at, at + 1]),
  ]),
};

/** λ times the integral of the mean number to T, over λT: who arrives by chance sees the average. */
const firstArrivals: Simulated = {
  id: "mm1-first-arrivals",
  what: "One server at 90 % that begins empty: the mean wait of all who come in the first 25 s",
  source: "Poisson arrivals see time averages (R. W. Wolff, 1982), by uniformisation",
  platform: {
    workloads: {
      requests: {
        to: "station",
        arrivals: {
          kind: "poisson",
          rate: {
            kind: "profile",
            interpolation: "step",
            points: [["0 s", "0.9/s"], ["25 s", "0/s"]], // prettier-ignore
          },
        },
      },
    },
    parts: { station: { kind: "service", slots: 1, work: exponential(1) } },
  },
  seconds: 200,
  replications: 2000,
  terminating: true,
  claims: [
    [
      reading("seconds waited by all", ({ parts }) => {
        const { count, mean } = parts[0]!.waitingTime!;
        return count * (mean ?? 0);
      }),
      25 *
        0.9 *
        meanPresentBetween({ arrivalRatePerSecond: 0.9, serviceRatePerSecond: 1 }, [0, 25]),
    ],
  ],
};

interface Mg1 {
  readonly id: string;
  readonly law: string;
  readonly work: Law;
  readonly load: { arrivalRatePerSecond: number; serviceSeconds: number; serviceScv: number };
  /** Third moment of the work [s³]; where it is known, the wait's variance is claimed as well. */
  readonly cube?: number;
  readonly requests: number;
}

const ms10 = { arrivalRatePerSecond: 80, serviceSeconds: 0.01 };
/** Balanced means: p1/r1 = p2/r2; third moment 6 (p1/r1³ + p2/r2³). */
function hyperCube(mean: number, scv: number): number {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const [fast, slow] = [(2 * p) / mean, (2 * (1 - p)) / mean];
  return 6 * (p / (fast * fast * fast) + (1 - p) / (slow * slow * slow));
}

const mg1s: readonly Mg1[] = [
  { id: "constant-80", law: "constant", work: "10 ms", load: { ...ms10, serviceScv: 0 }, cube: 1e-6, requests: 1e6 }, // prettier-ignore
  { id: "constant-95", law: "constant", work: "10 ms", load: { ...ms10, arrivalRatePerSecond: 95, serviceScv: 0 }, cube: 1e-6, requests: 6e6 }, // prettier-ignore
  {
    id: "erlang2-80",
    law: "Erlang-2",
    work: { kind: "erlang", mean: "10 ms", phases: 2 },
    load: { ...ms10, serviceScv: 1 / 2 },
    cube: (2 * 3 * 4) / 8 / 1e6,
    requests: 2e6,
  },
  {
    id: "erlang4-90",
    law: "Erlang-4",
    work: { kind: "erlang", mean: "10 ms", phases: 4 },
    load: { ...ms10, arrivalRatePerSecond: 90, serviceScv: 1 / 4 },
    cube: (4 * 5 * 6) / 64 / 1e6,
    requests: 4e6,
  },
  {
    id: "hyperexponential4-80",
    law: "hyperexponential (SCV 4)",
    work: { kind: "hyperexponential", mean: "10 ms", cv: 2 },
    load: { ...ms10, serviceScv: 4 },
    cube: hyperCube(0.01, 4),
    requests: 6e6,
  },
  {
    id: "hyperexponential16-70",
    law: "hyperexponential (SCV 16)",
    work: { kind: "hyperexponential", mean: "10 ms", cv: 4 },
    load: { ...ms10, arrivalRatePerSecond: 70, serviceScv: 16 },
    requests: 8e6,
  },
  {
    id: "lognormal2-80",
    law: "lognormal (SCV 2)",
    work: { kind: "lognormal", mean: "10 ms", cv: Math.sqrt(2) },
    load: { ...ms10, serviceScv: 2 },
    // E[S³] = m³ (1 + scv)³.
    cube: 27e-6,
    requests: 6e6,
  },
  {
    id: "lognormal5-65",
    law: "lognormal (SCV 5)",
    work: { kind: "lognormal", mean: "13 ms", cv: Math.sqrt(5) },
    load: { arrivalRatePerSecond: 50, serviceSeconds: 0.013, serviceScv: 5 },
    requests: 8e6,
  },
  {
    id: "uniform-90",
    law: "uniform",
    work: { kind: "uniform", from: "2 ms", to: "18 ms" },
    load: { ...ms10, arrivalRatePerSecond: 90, serviceScv: 0.64 / 3 },
    cube: (power(0.018, 4) - power(0.002, 4)) / 4 / 0.016,
    requests: 4e6,
  },
  {
    id: "gamma-70",
    law: "gamma (SCV 0.64)",
    work: { kind: "gamma", mean: "10 ms", cv: 0.8 },
    load: { ...ms10, arrivalRatePerSecond: 70, serviceScv: 0.64 },
    cube: 1e-6 * 1.64 * 2.28,
    requests: 2e6,
  },
  {
    // Γ(1 + k/2) scale^k with a mean of 2 scales: 24 and 720 of them.
    id: "weibull-63",
    law: "Weibull (shape 0.5)",
    work: { kind: "weibull", mean: "10 ms", shape: 0.5 },
    load: { ...ms10, arrivalRatePerSecond: 63, serviceScv: 5 },
    requests: 8e6,
  },
  {
    // a m / (a - 1) and a m² / (a - 2): the fourth moment, on which the width of the interval hangs, is there.
    id: "pareto-60",
    law: "Pareto (shape 4.5)",
    work: { kind: "pareto", minimum: "7 ms", shape: 4.5 },
    load: { arrivalRatePerSecond: 600 / 9, serviceSeconds: 0.009, serviceScv: 1 / 11.25 },
    cube: (4.5 * 7e-3 * 7e-3 * 7e-3) / 1.5,
    requests: 4e6,
  },
];

function mg1Case({ id, law, work: written, load, cube, requests }: Mg1): Simulated {
  const { arrivalRatePerSecond } = load;
  return {
    id: `mg1-${id}`,
    what: `One server, ${law} work`,
    source: "F. Pollaczek (1930), A. Khinchine (1932)",
    platform: station({ arrivalRatePerSecond, work: written }),
    warmUpSeconds: 60,
    seconds: secondsFor(requests, arrivalRatePerSecond),
    claims: [
      ...averages(mg1(load)),
      ...(cube === undefined
        ? []
        : [[waitingVariance("station"), mg1WaitingVariance(load, cube)] as const]),
    ],
  };
}

function md1Quantiles(percent: number, requests: number): Simulated {
  const load = { arrivalRatePerSecond: percent, serviceSeconds: 0.01 };
  const theory = mdc({ ...load, servers: 1 });
  return {
    id: `md1-quantiles-${percent}`,
    ...(percent > 90 ? { long: true } : {}),
    what: `Quantiles of the wait for constant work at ${percent} %`,
    source: "C. D. Crommelin (1932), G. J. Franx (2001)",
    platform: station({ arrivalRatePerSecond: percent, work: "10 ms" }),
    warmUpSeconds: 60,
    seconds: secondsFor(requests, percent),
    claims: [
      [waiting("station", "p50"), theory.waitingSecondsAt(0.5)],
      [waiting("station", "p90"), theory.waitingSecondsAt(0.9)],
      [waiting("station", "p99"), theory.waitingSecondsAt(0.99)],
      [waiting("station", "p99.9"), theory.waitingSecondsAt(0.999)],
    ],
  };
}

function dm1(percent: number, requests: number): Simulated {
  const theory = gim1(constantGaps(percent), serviceRatePerSecond);
  return {
    id: `dm1-${percent}`,
    what: `One server at ${percent} %, arrivals at equal distances`,
    source: `${KLEINROCK}, ch. 6`,
    platform: station({ arrivalRatePerSecond: percent, work, arrivals: "deterministic" }),
    warmUpSeconds: 60,
    seconds: secondsFor(requests, percent),
    claims: [
      ...averages(theory),
      [waits("station"), theory.waitingProbability],
      [latency("p90"), theory.responseSecondsAt(0.9)],
      [latency("p99"), theory.responseSecondsAt(0.99)],
    ],
  };
}

/** Gaps of two kinds that each fill half of the time; the transform is that of the mixture. */
function hyperGaps(): Simulated {
  const [rate, scv] = [40, 9];
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const [short, long] = [2 * p * rate, 2 * (1 - p) * rate];
  const transform = (s: number) => (p * short) / (short + s) + ((1 - p) * long) / (long + s);
  const theory = gim1({ ratePerSecond: rate, transform }, 66);
  const gaps = { kind: "hyperexponential", mean: "25 ms", cv: 3 };
  return {
    id: "hyperexponential-gaps-61",
    what: "One server at 61 %, hyperexponential gaps (SCV 9)",
    source: `${KLEINROCK}, ch. 6`,
    platform: {
      workloads: { requests: { to: "station", arrivals: { kind: "renewal", gaps } } },
      parts: { station: { kind: "service", slots: 1, work: exponential(66) } },
    },
    warmUpSeconds: 100,
    seconds: secondsFor(4e6, rate),
    claims: [
      ...averages(theory),
      [waits("station"), theory.waitingProbability],
      [latency("p99"), theory.responseSecondsAt(0.99)],
    ],
  };
}

/** Gaps of two phases, work of two kinds: four phases, the kind of the next work always drawn. */
function erlangHyper(): Simulated {
  const scv = 3;
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const [fast, slow, step] = [2 * p, 2 * (1 - p), 2 * 0.8];
  // Phases in order: first half of a gap and fast work, first and slow, second and fast, second and slow.
  const halves = [[0, 0, step, 0], [0, 0, 0, step], [0, 0, 0, 0], [0, 0, 0, 0]]; // prettier-ignore
  const number = meanPresent({
    up: [[0, 0, 0, 0], [0, 0, 0, 0], [step, 0, 0, 0], [0, step, 0, 0]], // prettier-ignore
    busy: halves,
    idle: halves,
    down: [0, 2].flatMap((half) =>
      [fast, slow].map((rate) =>
        [0, 1, 2, 3].map((phase) =>
          phase === half ? rate * p : phase === half + 1 ? rate * (1 - p) : 0,
        ),
      ),
    ),
  });
  const arrivals = { kind: "renewal", gaps: { kind: "erlang", mean: "1.25 s", phases: 2 } };
  return {
    id: "erlang2-hyperexponential-80",
    what: "One server, gaps of two phases, hyperexponential work (SCV 3)",
    source: "M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models (1981)",
    platform: {
      workloads: { requests: { to: "station", arrivals } },
      parts: {
        station: {
          kind: "service",
          slots: 1,
          work: { kind: "hyperexponential", mean: "1 s", cv: Math.sqrt(scv) },
        },
      },
    },
    warmUpSeconds: 3000,
    seconds: secondsFor(6e6, 0.8),
    claims: [
      [latency("mean"), number / 0.8],
      [waiting("station", "mean"), number / 0.8 - 1],
      [present("station"), number],
    ],
  };
}

export const singleQueues: readonly Family[] = [
  {
    name: "One server (M/M/1)",
    cases: [
      mm1At(50, 1e6, 10),
      mm1At(80, 2e6, 30),
      mm1At(90, 4e6, 120),
      mm1At(95, 8e6, 400),
      mm1At(99, 4e7, 8000),
      mm1Quantiles(80, 4e6, 30),
      mm1Quantiles(93, 1.2e7, 300),
      fromEmpty,
      firstArrivals,
    ],
  },
  {
    name: "One server, any work (M/G/1)",
    cases: [...mg1s.map(mg1Case), md1Quantiles(80, 4e6), md1Quantiles(95, 8e6)],
  },
  {
    name: "One server, any gaps (GI/M/1, GI/G/1)",
    cases: [dm1(80, 1e6), dm1(95, 6e6), hyperGaps(), erlangHyper()],
  },
];
