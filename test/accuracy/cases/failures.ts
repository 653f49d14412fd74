/** Machines that die and are mended. */
import {
  availability,
  meanPresentWithBreakdowns,
  machineRepair,
  mm1,
} from "../../../src/statistics/theory/index.ts";
import type { EventResult, Result } from "../../../src/experiment/result.ts";
import { exponential, source, station } from "../../theory/platforms.ts";
import type { Family, Reading, Simulated } from "../case.ts";
import { failed, latency, present, reading, ready, throughput, utilisation } from "../readings.ts";

const TRIVEDI = "K. S. Trivedi, Probability and Statistics with Reliability (2002), ch. 8";

interface Units {
  readonly units: number;
  /** The others are cold spares, which cannot fail; all unless given. */
  readonly running?: number;
  readonly needed: number;
  readonly mtbf: number;
  /** Without it nothing is ever mended. */
  readonly mttr?: number;
  /** As many as units unless given. */
  readonly crews?: number;
}

/** Machines that are asked so rarely that the run is made of crashes alone. */
function machines({ units, running = units, mtbf, mttr, crews }: Units) {
  const standby = { instances: units - running, state: "cold", "take-over": "0 s" };
  const mean = (seconds: number) => ({ kind: "exponential", mean: `${seconds} s` });
  return {
    workloads: source("web", 0.001),
    parts: {
      web: {
        kind: "service",
        fleet: {
          instances: running,
          "start-up": "0 s",
          ...(running < units ? { standby } : {}),
        },
        slots: 1,
        work: "0 s",
        "health-check": "none",
      },
    },
    faults: [
      {
        kind: "crash",
        of: "web",
        "time-between": mean(mtbf),
        ...(mttr === undefined ? {} : { repair: mean(mttr) }),
        ...(crews === undefined ? {} : { crews }),
      },
    ],
  };
}

/** The stretches of time with fewer than so many of all units up [s]. */
function outages(
  { events, run }: Result,
  units: number,
  needed: number,
): (readonly [number, number])[] {
  const crashes = events.filter(({ what }: EventResult) => what === "crash");
  const steps = crashes.flatMap(({ at, until }) => [
    { at, by: -1 },
    { at: until ?? run.duration, by: 1 },
  ]);
  steps.sort((a, b) => a.at - b.at || a.by - b.by);
  const found: (readonly [number, number])[] = [];
  let [up, since] = [units, 0];
  for (const { at, by } of steps) {
    if (by < 0 && up === needed) since = at;
    if (by > 0 && up === needed - 1) found.push([since, at]);
    up += by;
  }
  return found;
}

interface Mended extends Units {
  readonly mttr: number;
}

function redundant(id: string, what: string, system: Mended, seconds: number): Simulated {
  const { units, running = units, needed, mtbf, mttr, crews = units } = system;
  const failureRatePerSecond = 1 / mtbf;
  const repairRatePerSecond = 1 / mttr;
  const shop = { machines: units, running, crews, failureRatePerSecond, repairRatePerSecond };
  const theory = availability({ ...shop, needed });
  const of = (result: Result) => outages(result, units, needed);
  const down = reading("unavailability", (result) => {
    return of(result).reduce((sum, [from, to]) => sum + to - from, 0) / result.run.duration;
  });
  const often = reading("outages per second", (result) => of(result).length / result.run.duration);
  return {
    id: `availability-${id}`,
    what,
    source: TRIVEDI,
    platform: machines(system),
    seconds,
    claims: [
      [down, theory.unavailability],
      [often, theory.outageRatePerSecond],
      [ready("web"), machineRepair(shop).throughputPerSecond * mtbf],
    ],
  };
}

/** When fewer than the needed were up for the first time [s]. */
function firstOutage(units: number, needed: number): Reading {
  return reading("time to the first outage", (result) => outages(result, units, needed)[0]![0]);
}

const pairSeconds = (3 / 100 + 1 / 10) / (2 / (100 * 100));
const firstOfPair: Simulated = {
  id: "first-outage-pair",
  what: "Two machines, one needed, each mended while the other works: time to the first outage",
  source: `${TRIVEDI}: (3λ + μ) / 2λ²`,
  platform: machines({ units: 2, needed: 1, mtbf: 100, mttr: 10 }),
  seconds: 20_000,
  replications: 2000,
  terminating: true,
  claims: [[firstOutage(2, 1), pairSeconds]],
};

const firstOfFive: Simulated = {
  id: "first-outage-three-of-five",
  what: "Five machines, three needed, nothing mended: time to the first outage",
  source: `${TRIVEDI}: 1/5λ + 1/4λ + 1/3λ`,
  platform: machines({ units: 5, needed: 3, mtbf: 1000 }),
  seconds: 40_000,
  replications: 2000,
  terminating: true,
  claims: [[firstOutage(5, 3), 1000 * (1 / 5 + 1 / 4 + 1 / 3)]],
};

function quorum(): Simulated {
  const { unavailability } = availability({
    machines: 3,
    needed: 2,
    crews: 3,
    failureRatePerSecond: 1 / 10,
    repairRatePerSecond: 1,
  });
  const names = ["east", "west", "north"];
  const replica = {
    kind: "service",
    fleet: { instances: 1, "start-up": "0 s" },
    slots: 10,
    work: "0 s",
    "health-check": "none",
  };
  return {
    id: "quorum-two-of-three",
    what: "Requests that need two answers of three machines fail as often as two are down",
    source: TRIVEDI,
    platform: {
      workloads: source("web", 5),
      parts: {
        web: {
          kind: "service",
          slots: 1000,
          operations: { default: [{ parallel: names.map((call) => ({ call })), "wait-for": 2 }] },
        },
        ...Object.fromEntries(names.map((name) => [name, replica])),
      },
      faults: names.map((of) => ({
        kind: "crash",
        of,
        "time-between": exponential(1 / 10),
        repair: exponential(1),
      })),
    },
    warmUpSeconds: 100,
    seconds: 10_000,
    claims: [[failed("error"), unavailability]],
  };
}

/** L = λ ((ξ + η)² + ξμ) / ((ξ + η) (μη - λ (ξ + η))), for failures at rate ξ and repairs at η. */
function unreliable(): Simulated {
  const [lambda, mu, failing, mending] = [0.5, 1, 0.1, 1];
  const away = failing + mending;
  const number = (lambda * (away * away + failing * mu)) / (away * (mu * mending - lambda * away));
  return {
    id: "unreliable-server",
    what: "A server that also breaks when it is idle, and resumes after the repair what it was doing",
    source: "B. Avi-Itzhak, P. Naor, Operations Research 11 (1963)",
    platform: {
      workloads: source("desk", lambda),
      parts: {
        desk: {
          kind: "service",
          slots: 1,
          work: exponential(mu),
          pauses: { every: exponential(failing), for: exponential(mending) },
        },
      },
    },
    warmUpSeconds: 1000,
    seconds: 100_000,
    claims: [
      [latency("mean"), number / lambda],
      [present("desk"), number],
    ],
  };
}

/** A desk of servers that break one by one, at rate ξ, and are mended at η. */
function breaking(lambda: number, slots: number, [breaks, mends]: readonly [number, number]) {
  const fault = { kind: "breakdown", of: "desk", "time-between": exponential(breaks) };
  return {
    workloads: source("desk", lambda),
    parts: { desk: { kind: "service", slots, work: exponential(1) } },
    faults: [{ ...fault, for: exponential(mends) }],
  };
}

/** E[C] = E[S] (1 + ξ E[R]), E[C²] = E[S²] (1 + ξ E[R])² + ξ E[S] E[R²], then Pollaczek and Khinchine. */
function unreliableAtWork(): Simulated {
  const [lambda, breaks, mends] = [0.5, 0.1, 1];
  const mean = 1 + breaks / mends;
  const square = 2 * mean * mean + (2 * breaks) / (mends * mends);
  const response = mean + (lambda * square) / (2 * (1 - lambda * mean));
  const { faults, ...platform } = breaking(lambda, 1, [breaks, mends]);
  return {
    id: "unreliable-at-work",
    what: "A server that breaks only while it serves, and resumes after the repair",
    source: "D. P. Gaver, Journal of the Royal Statistical Society B 24 (1962)",
    platform: { ...platform, faults: faults.map((each) => ({ ...each, while: "serving" })) },
    warmUpSeconds: 1000,
    seconds: 100_000,
    claims: [
      [latency("mean"), response],
      [present("desk"), lambda * response],
    ],
  };
}

/** The chain of the number present and the servers that are up, solved level by level. */
function threeUnreliable(): Simulated {
  const [lambda, breaks, mends] = [2, 0.02, 0.2];
  const up = [0, 1, 2, 3];
  const changes = up.map((now) =>
    up.map((then) => (then === now + 1 ? (3 - now) * mends : then === now - 1 ? now * breaks : 0)),
  );
  const rates = { arrivalRatePerSecond: lambda, serviceRatePerSecond: 1 };
  const number = meanPresentWithBreakdowns({ ...rates, up, changes });
  return {
    id: "unreliable-servers",
    what: "Three servers behind one queue that break each by itself; what is interrupted goes on at another",
    source: "I. L. Mitrany, B. Avi-Itzhak, Operations Research 16 (1968)",
    platform: breaking(lambda, 3, [breaks, mends]),
    warmUpSeconds: 1000,
    seconds: 50_000,
    claims: [
      [latency("mean"), number / lambda],
      [present("desk", 3), number],
    ],
  };
}

function slow(): Simulated {
  const theory = mm1({ arrivalRatePerSecond: 30, serviceRatePerSecond: 50 });
  const platform = station({ arrivalRatePerSecond: 30, work: exponential(100) });
  const fault = { kind: "slow", of: "station", at: "0 s", for: "100 d", factor: 2 };
  return {
    id: "slow-instance",
    what: "An instance that takes twice as long is one of half the rate",
    source: "L. Kleinrock, Queueing Systems I (1975), ch. 3",
    platform: { ...platform, faults: [fault] },
    warmUpSeconds: 30,
    seconds: 3000,
    claims: [
      [latency("mean"), theory.responseSeconds],
      [utilisation("station"), theory.utilisation],
    ],
  };
}

/** Of two exponential times the crash comes before the answer in proportion to the rates. */
function lostInService(): Simulated {
  const [crash, repair, service] = [0.1, 0.4, 1];
  const up = repair / (crash + repair);
  const dies = crash / (crash + service);
  const { parts, faults } = machines({ units: 1, needed: 1, mtbf: 1 / crash, mttr: 1 / repair });
  return {
    id: "crash-loses-calls",
    what: "A crash refuses new calls and loses those in service",
    source: "Poisson arrivals see time averages (R. W. Wolff, 1982)",
    platform: {
      workloads: source("web", 2),
      parts: { web: { ...parts.web, slots: 1000, work: exponential(service) } },
      faults,
    },
    warmUpSeconds: 100,
    seconds: 30_000,
    claims: [
      [failed("refused"), 1 - up],
      [failed("lost"), up * dies],
      [throughput("web"), 2 * up * (1 - dies)],
    ],
  };
}

export const failures: readonly Family[] = [
  {
    name: "Availability",
    cases: [
      redundant("single", "One machine, up 1000 s and down 4 s on average", { units: 1, needed: 1, mtbf: 1000, mttr: 4 }, 2e6), // prettier-ignore
      redundant("two-of-three", "Three machines, two needed", { units: 3, needed: 2, mtbf: 100, mttr: 10 }, 2e5), // prettier-ignore
      redundant("three-of-five", "Five machines, three needed", { units: 5, needed: 3, mtbf: 200, mttr: 20 }, 4e5), // prettier-ignore
      redundant("one-crew", "Five machines, three needed, one crew to mend them", { units: 5, needed: 3, mtbf: 200, mttr: 20, crews: 1 }, 4e5), // prettier-ignore
      redundant("hot-standby", "A machine and one that stands by and fails like it, one crew to mend them", { units: 2, needed: 1, mtbf: 50, mttr: 5, crews: 1 }, 2e5), // prettier-ignore
      redundant("cold-standby", "A machine and a spare that cannot fail while it waits, one crew to mend them", { units: 2, running: 1, needed: 1, mtbf: 50, mttr: 5, crews: 1 }, 2e5), // prettier-ignore
      firstOfPair,
      firstOfFive,
      quorum(),
      lostInService(),
    ],
  },
  {
    name: "Breakdowns and slowness",
    cases: [unreliable(), unreliableAtWork(), threeUnreliable(), slow()],
  },
];
