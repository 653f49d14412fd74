/** Many queues and somebody who chooses among them. */
import {
  erlangGaps,
  gim1,
  joinShortestOfTwo,
  mm1,
  mmc,
  powerOfChoices,
} from "../../../src/statistics/theory/index.ts";
import { exponential, source, type Law, type Platform } from "../../theory/platforms.ts";
import { secondsFor, type Family, type Simulated } from "../case.ts";
import { latency, utilisation, waiting, waits } from "../readings.ts";

const MITZENMACHER = "M. Mitzenmacher, IEEE TPDS 12(10), 2001";

/** A load balancer before instances with one slot each. */
function balanced(
  instances: number,
  ratePerSecond: number,
  mu: number,
  balancer: Law,
  more: object = {},
): Platform {
  return {
    workloads: source("balancer", ratePerSecond),
    parts: {
      balancer: { kind: "load-balancer", to: "station", balancer, ...more },
      station: { kind: "service", fleet: { instances }, slots: 1, work: exponential(mu) },
    },
  };
}

function roundRobin(servers: number, total: number, mu: number, requests: number): Simulated {
  const theory = gim1(erlangGaps(total / servers, servers), mu);
  return {
    id: `round-robin-${servers}`,
    what: `Round robin over ${servers} servers: each has every ${servers}th arrival`,
    source: "L. Kleinrock, Queueing Systems I (1975), ch. 6: E_n/M/1",
    platform: balanced(servers, total, mu, "round-robin"),
    warmUpSeconds: 4000 / mu,
    seconds: secondsFor(requests, total),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [waits("station"), theory.waitingProbability],
      [waiting("station", "mean"), theory.waitingSeconds],
      [latency("p99"), theory.responseSecondsAt(0.99)],
      [utilisation("station"), theory.utilisation],
    ],
  };
}

function atRandom(): Simulated {
  const theory = mm1({ arrivalRatePerSecond: 80, serviceRatePerSecond: 100 });
  return {
    id: "random-4",
    what: "Random choice among four servers: each is a queue of its own with a quarter of the arrivals",
    source: "L. Kleinrock, Queueing Systems I (1975), section 2.5",
    platform: balanced(4, 320, 100, "random"),
    warmUpSeconds: 40,
    seconds: secondsFor(6e6, 320),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [waits("station"), theory.waitingProbability],
      [latency("p99"), theory.responseSecondsAt(0.99)],
    ],
  };
}

function shortest(id: string, balancer: Law, percent: number, requests: number): Simulated {
  const rates = { arrivalRatePerSecond: 2 * percent, serviceRatePerSecond: 100 };
  return {
    id: `shortest-of-two-${id}-${percent}`,
    what: `Join the shorter of two queues at ${percent} % (${id})`,
    source:
      "J. F. C. Kingman, Ann. Math. Stat. 32 (1961); the balance equations, solved numerically",
    platform: balanced(2, 2 * percent, 100, balancer),
    warmUpSeconds: percent > 90 ? 300 : 40,
    seconds: secondsFor(requests, 2 * percent),
    claims: [
      [latency("mean"), joinShortestOfTwo(rates)],
      [utilisation("station"), percent / 100],
    ],
  };
}

/** The chain of the sorted lengths was solved numerically elsewhere; the last digit is its own. */
function chainOf(
  id: string,
  what: string,
  platform: Platform,
  mean: number,
  seconds: number,
): Simulated {
  return {
    id,
    what,
    source: "the chain of the sorted queue lengths, solved numerically",
    platform,
    warmUpSeconds: 40,
    seconds,
    claims: [[latency("mean"), mean]],
  };
}

interface Drawn {
  readonly id: string;
  readonly percent: number;
  readonly choices: number;
  readonly replacement?: boolean;
  /** By simulations of others, with its own error [share]. */
  readonly simulated: number;
  readonly requests: number;
}

function drawn({
  id,
  percent,
  choices,
  replacement = false,
  simulated,
  requests,
}: Drawn): Simulated {
  const balancer = { kind: "power-of-choices", choices, replacement };
  const limit = powerOfChoices({ utilisation: percent / 100, choices });
  return {
    id: `power-of-choices-${id}`,
    what: `100 servers at ${percent} %, the shortest of ${choices} drawn ${replacement ? "with replacement" : "at once"}`,
    source: `${MITZENMACHER}: the limit of very many servers, and a simulation of 100 by others`,
    platform: balanced(100, percent, 1, balancer),
    warmUpSeconds: 500,
    seconds: secondsFor(requests, percent),
    claims: [
      [latency("mean"), limit, 0.025],
      [latency("mean"), simulated, 0.002],
      [utilisation("station"), percent / 100],
    ],
  };
}

function centralQueue(): Simulated {
  const theory = mmc({ arrivalRatePerSecond: 42.5, serviceRatePerSecond: 10, servers: 5 });
  const queue = { "max-calls": 1, queue: {} };
  return {
    id: "central-queue-5",
    what: "A balancer that keeps calls until one of five servers is free: as good as least work left",
    source:
      "A. K. Erlang (1917); M. Harchol-Balter, Performance Modeling and Design (2013), ch. 24",
    platform: balanced(5, 42.5, 10, "random", queue),
    warmUpSeconds: 100,
    seconds: secondsFor(2e6, 42.5),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [latency("p90"), theory.responseSecondsAt(0.9)],
      [latency("p99"), theory.responseSecondsAt(0.99)],
    ],
  };
}

export const balancing: readonly Family[] = [
  {
    name: "Load balancing",
    cases: [
      atRandom(),
      roundRobin(2, 160, 100, 2e6),
      roundRobin(4, 360, 100, 6e6),
      roundRobin(5, 44, 11, 2e6),
      shortest("join-shortest-queue", "join-shortest-queue", 80, 4e6),
      shortest("least-connections", "least-connections", 80, 4e6),
      shortest("two-choices", { kind: "power-of-choices", choices: 2 }, 80, 4e6),
      shortest("join-shortest-queue", "join-shortest-queue", 95, 8e6),
      chainOf("shortest-of-three-85", "Join the shortest of three queues at 85 %", balanced(3, 255, 100, "join-shortest-queue"), 0.0285494767364694, secondsFor(4e6, 255)), // prettier-ignore
      chainOf("join-idle-queue-2-80", "Join an idle server if there is one, of two at 80 %", balanced(2, 160, 100, "join-idle-queue"), 45 / 1300, secondsFor(4e6, 160)), // prettier-ignore
      drawn({ id: "2-70", percent: 70, choices: 2, simulated: 1.618403, requests: 2e6 }),
      drawn({ id: "2-90", percent: 90, choices: 2, simulated: 2.645958, requests: 4e6 }),
      drawn({ id: "2-95", percent: 95, choices: 2, simulated: 3.444369, requests: 8e6 }),
      drawn({ id: "3-90", percent: 90, choices: 3, simulated: 2.064061, requests: 4e6 }),
      drawn({ id: "2-90-replaced", percent: 90, choices: 2, replacement: true, simulated: 2.652, requests: 4e6 }), // prettier-ignore
      centralQueue(),
    ],
  },
];
