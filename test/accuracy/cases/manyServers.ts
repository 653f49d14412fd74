/** Many servers behind one queue, or behind none. */
import {
  constantGaps,
  erlangA,
  erlangB,
  fixedPatience,
  gimc,
  mdc,
  mmc,
  mmck,
} from "../../../src/statistics/theory/index.ts";
import { exponential, station, type Law } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import {
  failed,
  latency,
  present,
  queueLength,
  throughput,
  utilisation,
  waiting,
  waits,
} from "../readings.ts";

const GROSS = "D. Gross, C. M. Harris, Fundamentals of Queueing Theory";
const serviceRatePerSecond = 100;
const work = exponential(serviceRatePerSecond);

function erlangC(
  servers: number,
  percent: number,
  requests: number,
  warmUpSeconds = 30,
): Simulated {
  const rates = { arrivalRatePerSecond: servers * percent, serviceRatePerSecond, servers };
  const theory = mmc(rates);
  // Who waits is too rare to be counted where hardly anybody does.
  const rare = theory.waitingProbability < 1e-4;
  const waited: Claim[] = [
    [waiting("station", "mean"), theory.waitingSeconds],
    [waits("station"), theory.waitingProbability],
    [queueLength("station"), theory.queueLength],
  ];
  // What is in flight at the end is not counted, which weighs most where many are served at once:
  // few long runs instead of many short ones.
  const few = servers >= 200;
  return {
    id: `mmc-${servers}-${percent}`,
    ...(percent > 95 || few ? { long: true } : {}),
    what: `${servers} servers behind one queue at ${percent} %`,
    source: `A. K. Erlang (1917); ${GROSS}, section 2.3`,
    platform: station({ ...rates, work }),
    warmUpSeconds,
    seconds: secondsFor(requests, rates.arrivalRatePerSecond) * (few ? 2 : 1),
    ...(few ? { replications: 10 } : {}),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [utilisation("station"), theory.utilisation],
      [present("station", servers), rates.arrivalRatePerSecond * theory.responseSeconds],
      ...(rare ? [] : waited),
    ],
  };
}

function quantiles(): Simulated {
  const rates = { arrivalRatePerSecond: 900, serviceRatePerSecond, servers: 10 };
  const theory = mmc(rates);
  return {
    id: "mmc-quantiles-10-90",
    what: "Quantiles of ten servers behind one queue at 90 %",
    source: `${GROSS}, section 2.3`,
    platform: station({ ...rates, work }),
    warmUpSeconds: 30,
    seconds: secondsFor(8e6, 900),
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

interface Finite {
  readonly arrivalRatePerSecond: number;
  readonly serviceRatePerSecond: number;
  readonly servers: number;
  readonly capacity: number;
}

function finite(rates: Finite, requests: number): Simulated {
  const theory = mmck(rates);
  const { servers, capacity, arrivalRatePerSecond } = rates;
  return {
    id: `mmck-${servers}-${capacity}`,
    what: `${servers} servers and room for ${capacity} in all: who finds it full is dropped`,
    source: `${GROSS}, section 2.5`,
    platform: station({
      arrivalRatePerSecond,
      work: exponential(rates.serviceRatePerSecond),
      servers,
      queueLimit: capacity - servers,
    }),
    warmUpSeconds: 1000 / rates.serviceRatePerSecond,
    seconds: secondsFor(requests, arrivalRatePerSecond),
    claims: [
      [failed("dropped"), theory.dropProbability],
      [latency("mean"), theory.responseSeconds],
      [throughput("station"), theory.throughputPerSecond],
      [utilisation("station"), theory.utilisation],
      [queueLength("station"), theory.queueLength],
    ],
  };
}

function lossy(
  id: string,
  servers: number,
  offeredErlang: number,
  law: Law,
  requests: number,
): Simulated {
  const lost = erlangB({ offeredErlang, servers });
  return {
    id: `erlang-b-${id}`,
    what: `${servers} servers without a queue, offered ${offeredErlang} erlang (${id})`,
    source: "A. K. Erlang (1917); any law of the work: B. A. Sevastyanov (1957)",
    platform: station({ arrivalRatePerSecond: offeredErlang, work: law, servers, queueLimit: 0 }),
    warmUpSeconds: 100,
    seconds: secondsFor(requests, offeredErlang),
    claims: [
      [failed("dropped"), lost],
      [utilisation("station"), (offeredErlang * (1 - lost)) / servers],
    ],
  };
}

interface Impatient {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly rates: { arrivalRatePerSecond: number; serviceRatePerSecond: number; servers: number };
  readonly patienceSeconds: number;
  readonly fixed: boolean;
  readonly requests: number;
}

function impatient({
  id,
  what,
  source,
  rates,
  patienceSeconds,
  fixed,
  requests,
}: Impatient): Simulated {
  const theory = (fixed ? fixedPatience : erlangA)({ ...rates, patienceSeconds });
  const rate = rates.arrivalRatePerSecond;
  const patience = fixed ? `${patienceSeconds} s` : exponential(1 / patienceSeconds);
  return {
    id,
    what,
    source,
    platform: {
      workloads: {
        requests: {
          to: "station",
          arrivals: { kind: "poisson", rate: `${rate}/s` },
          client: { patience },
        },
      },
      parts: {
        station: {
          kind: "service",
          slots: rates.servers,
          work: exponential(rates.serviceRatePerSecond),
        },
      },
    },
    warmUpSeconds: Number((2000 / rates.serviceRatePerSecond).toPrecision(3)),
    seconds: secondsFor(requests, rate),
    claims: [
      [failed("reneged"), theory.renegeProbability],
      [utilisation("station"), theory.utilisation],
      [queueLength("station"), theory.queueLength],
    ],
  };
}

const mandelbaum = "A. Mandelbaum, S. Zeltyn, Service engineering in action (2007)";
const baccelli = "F. Baccelli, G. Hebuterne (1981); S. Zeltyn, A. Mandelbaum (2005)";
const impatients: readonly Impatient[] = [
  {
    id: "erlang-a-call-centre",
    what: "50 agents, 48 calls a minute of a minute each, callers who wait two minutes on average",
    source: mandelbaum,
    rates: { arrivalRatePerSecond: 0.8, serviceRatePerSecond: 1 / 60, servers: 50 },
    patienceSeconds: 120,
    fixed: false,
    requests: 4e6,
  },
  {
    id: "erlang-a-overload",
    what: "Ten servers offered 117 %, impatient callers: overloaded and yet in steady state",
    source: mandelbaum,
    rates: { arrivalRatePerSecond: 11.7, serviceRatePerSecond: 1, servers: 10 },
    patienceSeconds: 0.25,
    fixed: false,
    requests: 2e6,
  },
  {
    id: "fixed-patience-1",
    what: "One server at 90 %, everybody leaves the queue after 50 ms",
    source: baccelli,
    rates: { arrivalRatePerSecond: 90, serviceRatePerSecond: 100, servers: 1 },
    patienceSeconds: 0.05,
    fixed: true,
    requests: 2e6,
  },
  {
    id: "fixed-patience-5",
    what: "Five servers offered 110 %, everybody leaves the queue after 20 ms",
    source: baccelli,
    rates: { arrivalRatePerSecond: 550, serviceRatePerSecond: 100, servers: 5 },
    patienceSeconds: 0.02,
    fixed: true,
    requests: 2e6,
  },
];

function constantWork(servers: number, percent: number, requests: number): Simulated {
  const load = { arrivalRatePerSecond: servers * percent, serviceSeconds: 0.01, servers };
  const theory = mdc(load);
  return {
    id: `mdc-${servers}-${percent}`,
    what: `${servers} servers at ${percent} %, work that always takes as long`,
    source: "C. D. Crommelin (1932), G. J. Franx (2001)",
    platform: station({ arrivalRatePerSecond: load.arrivalRatePerSecond, work: "10 ms", servers }),
    warmUpSeconds: 30,
    seconds: secondsFor(requests, load.arrivalRatePerSecond),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [waiting("station", "mean"), theory.waitingSeconds],
      [waits("station"), theory.waitingProbability],
      [waiting("station", "p90"), theory.waitingSecondsAt(0.9)],
      [waiting("station", "p99"), theory.waitingSecondsAt(0.99)],
      [waiting("station", "p99.9"), theory.waitingSecondsAt(0.999)],
    ],
  };
}

function equalGaps(): Simulated {
  const theory = gimc(constantGaps(360), { serviceRatePerSecond, servers: 4 });
  return {
    id: "dmc-4-90",
    what: "Four servers at 90 %, arrivals at equal distances",
    source: "L. Takács, Introduction to the Theory of Queues (1962), ch. 2",
    platform: station({ arrivalRatePerSecond: 360, work, servers: 4, arrivals: "deterministic" }),
    warmUpSeconds: 30,
    seconds: secondsFor(4e6, 360),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [waiting("station", "mean"), theory.waitingSeconds],
      [waits("station"), theory.waitingProbability],
    ],
  };
}

export const manyServers: readonly Family[] = [
  {
    name: "Many servers (M/M/c)",
    cases: [
      erlangC(2, 70, 2e6),
      erlangC(2, 99, 2e7, 4000),
      erlangC(10, 80, 2e6),
      erlangC(10, 90, 4e6),
      erlangC(10, 95, 8e6, 100),
      erlangC(10, 99, 2e7, 1000),
      erlangC(50, 50, 4e6, 5),
      erlangC(50, 95, 1e7),
      erlangC(50, 99, 2e7, 200),
      erlangC(200, 50, 8e6, 5),
      erlangC(200, 80, 1.2e7, 5),
      erlangC(200, 90, 8e6, 5),
      erlangC(200, 95, 1e7, 5),
      quantiles(),
      constantWork(2, 80, 2e6),
      constantWork(5, 90, 4e6),
      constantWork(10, 90, 6e6),
      equalGaps(),
    ],
  },
  {
    name: "Finite room and loss",
    cases: [
      finite(
        { servers: 1, capacity: 5, arrivalRatePerSecond: 100, serviceRatePerSecond: 100 },
        2e6,
      ),
      finite({ servers: 2, capacity: 3, arrivalRatePerSecond: 3, serviceRatePerSecond: 4 }, 2e6),
      finite({ servers: 5, capacity: 12, arrivalRatePerSecond: 8, serviceRatePerSecond: 4 }, 8e6),
      finite({ servers: 1, capacity: 15, arrivalRatePerSecond: 5, serviceRatePerSecond: 5.714 }, 4e6), // prettier-ignore
      lossy("exponential, 5 lines", 5, 1.361, exponential(1), 2e6),
      lossy("exponential, 10 lines", 10, 4.461, exponential(1), 4e6),
      lossy("exponential, 20 lines", 20, 12.03, exponential(1), 4e6),
      lossy("exponential, 100 lines", 100, 84.06, exponential(1), 6e6),
      lossy("constant", 8, 6.4, "1 s", 2e6),
      lossy("lognormal", 12, 12, { kind: "lognormal", mean: "1 s", cv: 1.5 }, 2e6),
      lossy("hyperexponential", 8, 6.4, { kind: "hyperexponential", mean: "1 s", cv: 2 }, 4e6),
    ].map((one) => ({ ...one, id: one.id.replaceAll(/[ ,]+/g, "-") })),
  },
  { name: "Impatience", cases: impatients.map(impatient) },
];
