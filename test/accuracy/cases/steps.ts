/** What calls do besides plain work: ways, loops, disks, networks, connections, links. */
import { power } from "../../../src/kernel/mathematics.ts";
import { mg1, mm1, mmc, processorSharing } from "../../../src/statistics/theory/index.ts";
import { exponential, source } from "../../theory/platforms.ts";
import { secondsFor, type Family, type Simulated } from "../case.ts";
import { attempts, latency, latencyOf, success, utilisation } from "../readings.ts";

const KLEINROCK = "L. Kleinrock, Queueing Systems I (1975)";
const POLLACZEK = "F. Pollaczek (1930), A. Khinchine (1932)";
const MANY = 100_000;

/** A service whose calls take the given steps. */
function serving(steps: readonly object[], more: object): object {
  return { kind: "service", operations: { default: steps }, ...more };
}

/** 85 % take 4 ms, 15 % take 70 ms on average: a hyperexponential law, drawn by a choice. */
function ways(): Simulated {
  const [quick, slow, share] = [0.004, 0.07, 0.15];
  const serviceSeconds = (1 - share) * quick + share * slow;
  const square = 2 * ((1 - share) * quick * quick + share * slow * slow);
  const serviceScv = square / (serviceSeconds * serviceSeconds) - 1;
  const arrivalRatePerSecond = 50;
  const choose = [
    { share: "85 %", steps: [{ work: exponential(1 / quick) }] },
    { share: "15 %", steps: [{ work: exponential(1 / slow) }] },
  ];
  return {
    id: "steps-choice",
    what: "One server, a quick way and a slow one",
    source: POLLACZEK,
    platform: {
      workloads: source("web", arrivalRatePerSecond),
      parts: { web: serving([{ choose }], { slots: 1 }) },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(2e6, arrivalRatePerSecond),
    claims: [
      [latency("mean"), mg1({ arrivalRatePerSecond, serviceSeconds, serviceScv }).responseSeconds],
      [utilisation("web"), arrivalRatePerSecond * serviceSeconds],
    ],
  };
}

/** A geometric number of exponential times is exponential. */
function loops(): Simulated {
  const theory = mm1({ arrivalRatePerSecond: 14, serviceRatePerSecond: 20 });
  const step = { loop: [{ work: exponential(80) }], times: { mean: 4 } };
  return {
    id: "steps-loop",
    what: "One server, the same step again and again, four times on average",
    source: `${KLEINROCK}, ch. 3`,
    platform: {
      workloads: source("web", 14),
      parts: { web: serving([step], { slots: 1 }) },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(2e6, 14),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [latency("p99"), theory.responseSecondsAt(0.99)],
    ],
  };
}

/** Whatever class a call is of, it waits for what is there of all. */
function mixed(): Simulated {
  const [views, orders] = [30, 8];
  const [view, order] = [0.01, 0.06];
  const arrivalRatePerSecond = views + orders;
  const serviceSeconds = (views * view + orders * order) / arrivalRatePerSecond;
  const square = (views * view * view + orders * 2 * order * order) / arrivalRatePerSecond;
  const serviceScv = square / (serviceSeconds * serviceSeconds) - 1;
  const { waitingSeconds } = mg1({ arrivalRatePerSecond, serviceSeconds, serviceScv });
  const arrivals = { kind: "poisson", rate: `${arrivalRatePerSecond}/s` };
  return {
    id: "steps-two-classes",
    what: "One server, views of 10 ms and orders of 60 ms on average in one queue",
    source: POLLACZEK,
    platform: {
      workloads: {
        shop: {
          to: "web",
          arrivals,
          mix: { view: { share: `${3000 / 38} %` }, order: { share: `${800 / 38} %` } },
        },
      },
      parts: {
        web: {
          kind: "service",
          slots: 1,
          operations: { view: [{ work: "10 ms" }], order: [{ work: exponential(1 / order) }] },
        },
      },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(4e6, arrivalRatePerSecond),
    claims: [
      [latencyOf("view"), view + waitingSeconds],
      [latencyOf("order"), order + waitingSeconds],
    ],
  };
}

function disk(): Simulated {
  const load = { arrivalRatePerSecond: 71, serviceSeconds: 0.01, serviceScv: 0 };
  return {
    id: "steps-disk",
    what: "Calls that make two operations each on a disk of 200 a second",
    source: POLLACZEK,
    platform: {
      workloads: source("web", 71),
      parts: { web: serving([{ disk: 2 }], { slots: MANY, disk: { iops: 200 } }) },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(1e6, 71),
    claims: [[latency("mean"), mg1(load).responseSeconds]],
  };
}

function network(): Simulated {
  const step = { network: "1 MB" };
  const more = { slots: MANY, network: { "bytes-per-second": "100 MB" } };
  return {
    id: "steps-network",
    what: "Answers of 1 MB that share a line of 100 MB a second",
    source: `${KLEINROCK}; the same, JACM 14 (1967)`,
    platform: { workloads: source("web", 62), parts: { web: serving([step], more) } },
    warmUpSeconds: 60,
    seconds: secondsFor(1e6, 62),
    claims: [
      [latency("mean"), processorSharing({ arrivalRatePerSecond: 62, serviceSeconds: 0.01 })],
    ],
  };
}

function connections(): Simulated {
  const theory = mmc({ arrivalRatePerSecond: 33, serviceRatePerSecond: 10, servers: 4 });
  const { requests } = source("web", 33) as { requests: object };
  return {
    id: "steps-connections",
    what: "Four connections to a service without limits: a queue with four servers",
    source: "A. K. Erlang (1917)",
    platform: {
      workloads: { requests: { ...requests, client: { connections: 4 } } },
      parts: { web: { kind: "service", slots: MANY, work: exponential(10) } },
    },
    warmUpSeconds: 60,
    seconds: secondsFor(2e6, 33),
    claims: [[latency("mean"), theory.responseSeconds]],
  };
}

/** An attempt fails if either way loses its message. */
function losses(): Simulated {
  const fails = 1 - power(1 - 0.03, 2);
  const { requests } = source("web", 200) as { requests: object };
  const client = { timeout: "200 ms", retry: { attempts: 3, backoff: "immediate" } };
  return {
    id: "steps-lossy-link",
    what: "A link that loses 3 % of its messages each way, and three attempts",
    source: "the geometric law",
    platform: {
      workloads: { requests: { ...requests, client } },
      parts: { web: { kind: "service", slots: MANY, work: "5 ms" } },
      links: { internet: { loss: "3 %" } },
    },
    warmUpSeconds: 2,
    seconds: secondsFor(4e6, 200),
    claims: [
      [success, 1 - power(fails, 3)],
      [attempts, 1 + fails + fails * fails],
    ],
  };
}

export const steps: readonly Family[] = [
  {
    name: "What calls do",
    cases: [ways(), loops(), mixed(), disk(), network(), connections(), losses()],
  },
];
