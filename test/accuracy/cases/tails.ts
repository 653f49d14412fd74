/** The slowest of many answers, and second copies of slow calls. */
import { exp, log, power } from "../../../src/kernel/mathematics.ts";
import { exponential, source } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import { attempts, failed, latency, reading } from "../readings.ts";
import { partOf } from "../../theory/readings.ts";

const MANY = 100_000;
const TAIL = "J. Dean, L. A. Barroso, The Tail at Scale, CACM 56(2), 2013";

/** S(t) up to the delay, S(t) S(t - d) after it. */
function hedged(): Simulated {
  const [mean, delay] = [0.1, 0.25];
  const slow = exp(-delay / mean);
  const at = (p: number) => {
    const alone = -mean * log(1 - p);
    return alone <= delay ? alone : (alone + delay) / 2;
  };
  return {
    id: "hedge",
    what: "Calls of exponential time, sent once more after 250 ms",
    source: TAIL,
    platform: {
      workloads: {
        requests: {
          to: "web",
          arrivals: { kind: "poisson", rate: "10/s" },
          client: { hedge: { after: "250 ms" }, cancellation: "propagate" },
        },
      },
      parts: {
        web: { kind: "service", slots: MANY, work: { kind: "exponential", mean: "100 ms" } },
      },
    },
    warmUpSeconds: 10,
    seconds: secondsFor(2e6, 10),
    claims: [
      [latency("mean"), mean * (1 - slow) + (mean / 2) * slow],
      [attempts, 1 + slow],
      [latency("p50"), at(0.5)],
      [latency("p90"), at(0.9)],
      [latency("p99"), at(0.99)],
      [latency("p99.9"), at(0.999)],
    ],
  };
}

function fanOut(leaves: number, slow: number, requests: number): Simulated {
  return {
    id: `fan-out-${leaves}`,
    what: `A request that asks ${leaves} leaves, each slower than 10 ms ${100 * slow} % of the time`,
    source: TAIL,
    platform: {
      workloads: {
        requests: {
          to: "root",
          arrivals: { kind: "poisson", rate: "10/s" },
          client: { timeout: "10 ms" },
        },
      },
      parts: {
        root: {
          kind: "service",
          slots: MANY,
          operations: {
            default: [{ parallel: Array.from({ length: leaves }, () => ({ call: "leaf" })) }],
          },
        },
        leaf: { kind: "service", slots: MANY, work: exponential(-100 * log(slow)) },
      },
    },
    warmUpSeconds: 2,
    seconds: secondsFor(requests, 10),
    claims: [[failed("timed-out"), 1 - power(1 - slow, leaves)]],
  };
}

/** The slowest of a hundred exponential answers: P(all within t) = (1 - e^(-t))^100. */
function slowest(): Simulated {
  const at = (p: number) => -0.01 * log(1 - power(p, 1 / 100));
  return {
    id: "fan-out-quantiles",
    what: "The slowest of a hundred answers",
    source: TAIL,
    platform: {
      workloads: source("root", 10),
      parts: {
        root: {
          kind: "service",
          slots: MANY,
          operations: {
            default: [{ parallel: Array.from({ length: 100 }, () => ({ call: "leaf" })) }],
          },
        },
        leaf: { kind: "service", slots: MANY, work: exponential(100) },
      },
    },
    warmUpSeconds: 10,
    seconds: secondsFor(1e5, 10),
    claims: [
      [latency("p50"), at(0.5)],
      [latency("p99"), at(0.99)],
    ],
  };
}

/** Ninety-eight of a hundred answers come evenly over 10 ms, the others ever more slowly. */
function survival(milliseconds: number): number {
  const line = ([x, y]: readonly [number, number], [u, v]: readonly [number, number]) =>
    y * exp((log(milliseconds / x) * log(v / y)) / log(u / x));
  if (milliseconds < 10) return 1 - 0.098 * milliseconds;
  return milliseconds < 74 ? line(KNEE, MIDDLE) : line(MIDDLE, FAR);
}

const KNEE = [10, 0.02] as const;
const FAR = [1800, 1 - power(0.999, 1 / 100)] as const;
/** So that a leaf with a second copy after 10 ms is slower than 74 ms as often as one without is than 1.8 s. */
const MIDDLE = [74, 0.00295097785389939] as const;

/** The same law as quantiles, close enough together that straight lines between them do no harm. */
function leafLaw(): object {
  const rows: [string, string][] = [["0 %", "0 ms"]];
  for (let at = 10; survival(at) > 1e-8; at *= 1.02)
    rows.push([
      `${Number((100 * (1 - survival(at))).toPrecision(14))} %`,
      `${Number(at.toPrecision(8))} ms`,
    ]);
  const [, last] = rows.at(-1)!;
  return { kind: "empirical", quantiles: [...rows, ["100 %", `${parseFloat(last) + 1} ms`]] };
}

function bigTable(isHedged: boolean): Simulated {
  const copies = reading("calls per leaf", (result) => {
    return partOf(result, "leaf").calls.arrived / result.total.generated / 100;
  });
  const call = {
    call: "leaf",
    ...(isHedged ? { hedge: { after: "10 ms" }, cancellation: "propagate" } : {}),
  };
  const claims: Claim[] = isHedged
    ? [[latency("p99.9"), 0.074], [copies, 1.02, 1e-3]] // prettier-ignore
    : [[latency("p99.9"), 1.8], [copies, 1, 1e-3]]; // prettier-ignore
  return {
    id: `big-table-${isHedged ? "hedged" : "plain"}`,
    long: true,
    what: `A hundred reads of a table at once, ${isHedged ? "sent again after 10 ms" : "each sent once"}`,
    source: `${TAIL}: 1800 ms without, 74 ms with 2 % more calls; the law of a leaf is ours, made so that all three come out`,
    platform: {
      workloads: source("root", 100),
      parts: {
        root: {
          kind: "service",
          slots: MANY,
          operations: { default: [{ parallel: Array.from({ length: 100 }, () => call) }] },
        },
        leaf: { kind: "service", slots: MANY, work: leafLaw() },
      },
    },
    warmUpSeconds: 5,
    seconds: 300,
    replications: 10,
    claims,
  };
}

export const tails: readonly Family[] = [
  {
    name: "Tails",
    cases: [
      hedged(),
      fanOut(100, 0.01, 1e5),
      fanOut(2000, 0.0001, 1e4),
      slowest(),
      bigTable(false),
      bigTable(true),
    ],
  },
];
