/** One server's work in another order, or shared. */
import { power } from "../../../src/kernel/mathematics.ts";
import {
  busyPeriodVariance,
  mg1,
  mg1LifoSquare,
  mmc,
  processorSharing,
  shortestFirst,
  type Mg1Load,
} from "../../../src/statistics/theory/index.ts";
import { exponential, source, station, type Law } from "../../theory/platforms.ts";
import { secondsFor, type Family, type Simulated } from "../case.ts";
import { latency, latencyVariance, queueLength, utilisation, waiting } from "../readings.ts";

const work = exponential(100);

function shared(id: string, law: string, cpu: Law, requests: number): Simulated {
  return {
    id: `processor-sharing-${id}`,
    what: `One core shared evenly by calls with ${law} work: only the mean of the work counts`,
    source: "L. Kleinrock, JACM 14 (1967)",
    platform: {
      workloads: source("station", 80),
      parts: {
        station: {
          kind: "service",
          slots: 100_000,
          cpu: { sharing: "processor-sharing" },
          operations: { default: [{ cpu }] },
        },
      },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(requests, 80),
    claims: [
      [latency("mean"), processorSharing({ arrivalRatePerSecond: 80, serviceSeconds: 0.01 })],
      [utilisation("station"), 0.8],
    ],
  };
}

/** With exponential work it makes no difference to the number of calls who has the cores. */
function threeCores(): Simulated {
  const rates = { arrivalRatePerSecond: 10, serviceRatePerSecond: 12, servers: 3 };
  const theory = mmc(rates);
  return {
    id: "processor-sharing-three-cores",
    what: "Three cores shared evenly, a call on one at most: as many calls as with three servers",
    source: "the same birth-death chain as M/M/3",
    platform: {
      workloads: source("station", 10),
      parts: {
        station: {
          kind: "service",
          fleet: { type: "three-cores" },
          slots: 100_000,
          cpu: { sharing: "processor-sharing" },
          operations: { default: [{ cpu: exponential(12) }] },
        },
      },
      cost: { prices: { "three-cores": { price: "1 USD/hour", cores: 3 } } },
    },
    warmUpSeconds: 100,
    seconds: secondsFor(1e6, 10),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [utilisation("station"), theory.utilisation],
    ],
  };
}

const lifoLoad = { arrivalRatePerSecond: 80, serviceSeconds: 0.01, serviceScv: 1 };
const lifoTheory = mg1(lifoLoad);
const lifo: Simulated = {
  id: "lifo-80",
  what: "One server, the last to come is the first served: the mean of any order, a larger variance",
  source: "L. Takács, Ann. Math. Stat. 34 (1963)",
  platform: station({ arrivalRatePerSecond: 80, work, discipline: "lifo" }),
  warmUpSeconds: 60,
  seconds: secondsFor(4e6, 80),
  claims: [
    [latency("mean"), lifoTheory.responseSeconds],
    [waiting("station", "mean"), lifoTheory.waitingSeconds],
    [queueLength("station"), lifoTheory.queueLength],
    [latencyVariance, mg1LifoSquare(lifoLoad, 6e-6) - power(0.04, 2) + 1e-4],
  ],
};

/** The mean of processor sharing, whatever the work. */
function interrupting(id: string, law: Law, load: Mg1Load): Simulated {
  return {
    id: `lifo-interrupting-${id}`,
    what: `One server, whoever comes interrupts (${id} work): a response is a busy period`,
    source: "L. Takács, Introduction to the Theory of Queues (1962)",
    platform: station({
      arrivalRatePerSecond: load.arrivalRatePerSecond,
      work: law,
      discipline: { kind: "lifo", preemptive: true },
    }),
    warmUpSeconds: 60,
    seconds: secondsFor(4e6, load.arrivalRatePerSecond),
    claims: [
      [latency("mean"), processorSharing(load)],
      [latencyVariance, busyPeriodVariance(load)],
    ],
  };
}

function shortest(load: number, preemptive: boolean): Simulated {
  const rates = { arrivalRatePerSecond: 100 * load, serviceRatePerSecond: 100 };
  const { responseSeconds, preemptiveResponseSeconds } = shortestFirst(rates);
  const discipline = { kind: "shortest-job-first", preemptive };
  return {
    id: `shortest-${preemptive ? "remaining-time" : "job"}-${Math.round(100 * load)}`,
    what: preemptive
      ? `One server, the least work left goes first and interrupts, ${100 * load} % busy`
      : `One server, the shortest job goes first, ${100 * load} % busy`,
    source: preemptive
      ? "L. E. Schrage, L. W. Miller, Operations Research 14 (1966)"
      : "T. E. Phipps, Operations Research 4 (1956)",
    platform: station({ arrivalRatePerSecond: 100 * load, work, discipline }),
    warmUpSeconds: 60,
    seconds: secondsFor(2e6, 100 * load),
    claims: [
      [latency("mean"), preemptive ? preemptiveResponseSeconds : responseSeconds],
      [utilisation("station"), load],
    ],
  };
}

export const otherOrders: readonly Family[] = [
  {
    name: "Other orders of service",
    cases: [
      shared("constant", "constant", "10 ms", 1e6),
      shared("exponential", "exponential", work, 2e6),
      shared("hyperexponential", "hyperexponential (SCV 6)", { kind: "hyperexponential", mean: "10 ms", cv: Math.sqrt(6) }, 4e6), // prettier-ignore
      threeCores(),
      lifo,
      interrupting("exponential", work, lifoLoad),
      interrupting("uniform", { kind: "uniform", from: "0 ms", to: "20 ms" }, { ...lifoLoad, arrivalRatePerSecond: 70, serviceScv: 1 / 3 }), // prettier-ignore
      shortest(0.8, false),
      shortest(0.8, true),
      shortest(0.6, true),
    ],
  },
];
