/** Inside a service: shared cores, urgency, steps by chance, pauses, waits that end: against theory. */
import { expect, test } from "vitest";
import {
  fixedPatience,
  mmc,
  nonPreemptiveWaits,
  preemptiveResponses,
  processorSharing,
} from "../../src/statistics/theory/index.ts";
import { agree, replicate, type Claim } from "./agreement.ts";
import { exponential, source, type Law } from "./platforms.ts";
import { failed, latency, utilisation, waiting, type Reading } from "./readings.ts";

const serviceRatePerSecond = 1000;
const work = exponential(serviceRatePerSecond);
/** More slots than there will ever be calls. */
const PLENTY = 100_000;

const cruncher = (ratePerSecond: number, cpu: Law, type?: string) => ({
  workloads: source("cruncher", ratePerSecond),
  parts: {
    cruncher: {
      kind: "service",
      ...(type === undefined ? {} : { fleet: { type } }),
      slots: PLENTY,
      cpu: { sharing: "processor-sharing" },
      operations: { default: [{ cpu }] },
    },
  },
});

// L. Kleinrock, JACM 14 (1967): only the mean of the work matters.
test.each<{ law: string; cpu: Law; seconds: number }>([
  { law: "constant", cpu: "1 ms", seconds: 8 },
  { law: "exponential", cpu: work, seconds: 8 },
  {
    law: "hyperexponential",
    cpu: { kind: "hyperexponential", mean: "1 ms", cv: 2 },
    seconds: 32,
  },
])("one core shared by calls with $law work answers as if the law did not matter", (trial) => {
  const arrivalRatePerSecond = 600;
  const response = processorSharing({ arrivalRatePerSecond, serviceSeconds: 0.001 });
  const platform = cruncher(arrivalRatePerSecond, trial.cpu);
  return agree({ ...platform, warmUpSeconds: 1, seconds: trial.seconds, replications: 20 }, [
    [latency("mean"), response, 0.06],
    [utilisation("cruncher"), 0.6],
  ]);
});

// With exponential work it makes no difference to the number of calls who has the cores.
test("two shared cores answer on average as two servers behind one queue do", () => {
  const rates = { arrivalRatePerSecond: 1500, serviceRatePerSecond };
  const theory = mmc({ ...rates, servers: 2 });
  const platform = cruncher(1500, work, "m5.large");
  return agree({ ...platform, warmUpSeconds: 1, seconds: 9, replications: 20 }, [
    [latency("mean"), theory.responseSeconds, 0.05],
    [utilisation("cruncher"), theory.utilisation],
  ]);
});

const urgent = { arrivalRatePerSecond: 300, serviceSeconds: 0.001, serviceScv: 1 };
const patient = { arrivalRatePerSecond: 200, serviceSeconds: 0.002, serviceScv: 0 };

const twoClasses = (preemptive: boolean) => ({
  workloads: {
    requests: {
      to: "desk",
      arrivals: { kind: "poisson", rate: "500/s" },
      mix: {
        urgent: { share: "60 %", priority: 1 },
        patient: { share: "40 %" },
      },
    },
  },
  parts: {
    desk: {
      kind: "service",
      slots: 1,
      queue: { discipline: { kind: "priority", preemptive } },
      operations: { urgent: [{ work }], patient: [{ work: "2 ms" }] },
    },
  },
});

function classLatency(name: string): Reading {
  return {
    name: `latency of ${name}`,
    resolution: 1e-9,
    of: ({ classes }) => classes.find((one) => one.name === name)!.latency.mean!,
  };
}

test("urgent calls that interrupt nobody wait as Cobham says, and so do the others", () => {
  const [first, second] = nonPreemptiveWaits([urgent, patient]);
  return agree({ ...twoClasses(false), warmUpSeconds: 1, seconds: 25, replications: 20 }, [
    [classLatency("urgent"), first! + urgent.serviceSeconds, 0.03],
    [classLatency("patient"), second! + patient.serviceSeconds, 0.05],
  ]);
});

test("urgent calls that interrupt are served as if they were alone", () => {
  const [first, second] = preemptiveResponses([urgent, patient]);
  return agree({ ...twoClasses(true), warmUpSeconds: 1, seconds: 25, replications: 20 }, [
    [classLatency("urgent"), first!, 0.03],
    [classLatency("patient"), second!, 0.05],
    [utilisation("desk"), 0.7],
  ]);
});

/** Calls that never wait for each other. */
const alone = (steps: readonly object[], others: object = {}) => ({
  workloads: source("shop", 500),
  parts: {
    shop: { kind: "service", slots: PLENTY, operations: { default: steps } },
    ...others,
  },
});

// A. Wald (1944): the mean of a sum of so many is the product of the means.
test.each<{ what: string; steps: readonly object[]; milliseconds: number }>([
  {
    what: "a loop of one to five rounds",
    steps: [{ loop: [{ work }], times: { from: 1, to: 5 } }],
    milliseconds: 3,
  },
  {
    what: "a loop of a geometric number of rounds",
    steps: [{ loop: [{ work }], times: { mean: 4 } }],
    milliseconds: 4,
  },
  {
    what: "one of three ways",
    steps: [
      {
        choose: [
          { share: "20 %", steps: [{ work }, { work }] },
          { share: "50 %", steps: [{ wait: work }] },
        ],
      },
      { work },
    ],
    milliseconds: 0.2 * 2 + 0.5 * 1 + 1,
  },
])("$what takes as long on average as Wald says", ({ steps, milliseconds }) =>
  agree({ ...alone(steps), seconds: 6, replications: 20 }, [
    [latency("mean"), milliseconds / 1000],
  ]),
);

// The k-th of n exponentials of mean 1 has mean 1/n + 1/(n-1) + ... + 1/(n-k+1).
test.each<{ wanted: number | string; mean: number }>([
  { wanted: "first", mean: 1 / 3 },
  { wanted: 2, mean: 1 / 3 + 1 / 2 },
  { wanted: 3, mean: 1 / 3 + 1 / 2 + 1 },
])("$wanted of three answers come after as long as order statistics say", ({ wanted, mean }) => {
  const replica = { kind: "service", slots: PLENTY, work };
  const parallel = ["east", "west", "north"].map((call) => ({ call }));
  const others = { east: replica, west: replica, north: replica };
  const platform = alone([{ parallel, "wait-for": wanted }], others);
  return agree({ ...platform, seconds: 5, replications: 20 }, [[latency("mean"), mean / 1000]]);
});

// B. Avi-Itzhak, P. Naor, Operations Research 11 (1963): a server that also breaks when it is idle.
test("a server with pauses keeps calls as long as one that breaks down and is repaired", () => {
  const [lambda, mu, pausing, resuming] = [300, 1000, 10, 100];
  const away = pausing + resuming;
  const inSystem = (lambda * (away ** 2 + pausing * mu)) / (away * (mu * resuming - lambda * away));
  const platform = {
    workloads: source("desk", lambda),
    parts: {
      desk: {
        kind: "service",
        slots: 1,
        work,
        pauses: { every: exponential(pausing), for: exponential(resuming) },
      },
    },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 40, replications: 20 }, [
    [latency("mean"), inSystem / lambda, 0.08],
  ]);
});

// F. Baccelli, G. Hebuterne (1981); S. Zeltyn, A. Mandelbaum (2005): M/M/c with a fixed patience.
test("an age limit drops as many calls as a fixed patience loses", () => {
  const rates = { arrivalRatePerSecond: 2200, serviceRatePerSecond: 1000, servers: 2 };
  const { renegeProbability } = fixedPatience({ ...rates, patienceSeconds: 0.002 });
  const platform = {
    workloads: source("desk", rates.arrivalRatePerSecond),
    parts: {
      desk: { kind: "service", slots: rates.servers, work, queue: { "age-limit": "2 ms" } },
    },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 3.5, replications: 20 }, [
    [failed("dropped"), renegeProbability, 0.05],
  ]);
});

// M. Maurer, ACM Queue 13(8) (2015); the mean wait is that of any order that ignores sizes.
test("an adaptive queue and a fair one make calls wait as long on average as any other", () => {
  const theory = mmc({ arrivalRatePerSecond: 700, serviceRatePerSecond, servers: 1 });
  const claim: Claim = [waiting("desk", "mean"), theory.waitingSeconds, 0.1];
  const platform = (discipline: object | string) => ({
    workloads: source("desk", 700),
    parts: { desk: { kind: "service", slots: 1, work, queue: { discipline } } },
  });
  const run = { warmUpSeconds: 1, seconds: 10, replications: 20 };
  return Promise.all([
    agree({ ...platform({ kind: "adaptive-lifo", threshold: 3 }), ...run }, [claim]),
    agree({ ...platform("fair"), ...run }, [claim]),
  ]);
});

test("a flood of one class leaves the other the half of the server it needs, if the queue is fair", async () => {
  const flood = {
    workloads: {
      shoppers: { to: "desk", arrivals: { kind: "poisson", rate: "300/s" } },
      scraper: { to: "desk", arrivals: { kind: "poisson", rate: "1500/s" } },
    },
    parts: {
      desk: { kind: "service", slots: 1, work: "1 ms", queue: { discipline: "fair" } },
    },
  };
  const [result] = await replicate({ ...flood, seconds: 20, replications: 1 }, "1");
  const shoppers = result!.classes.find(({ name }) => name === "shoppers")!;
  // Every other turn is theirs: at most one call of each before it, beside what waits of their own.
  expect(shoppers.latency.mean).toBeLessThan(0.005);
  expect(shoppers.inFlight).toBeLessThan(10);
});
