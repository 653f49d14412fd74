/** Classes of requests at one queue: who goes first. */
import {
  mmc,
  nonPreemptiveWaits,
  preemptiveResponses,
  type Mg1Load,
} from "../../../src/statistics/theory/index.ts";
import { exponential } from "../../theory/platforms.ts";
import { secondsFor, type Family, type Simulated } from "../case.ts";
import { latencyOf, utilisation } from "../readings.ts";

/** Workloads `class-1`, `class-2`, …, the most urgent first, each with work of its own. */
function desk(loads: readonly Mg1Load[], preemptive: boolean, slots = 1) {
  const names = loads.map((_, k) => `class-${k + 1}`);
  const law = ({ serviceSeconds, serviceScv }: Mg1Load) =>
    serviceScv === 0 ? `${serviceSeconds} s` : exponential(1 / serviceSeconds);
  return {
    workloads: Object.fromEntries(
      loads.map(({ arrivalRatePerSecond }, k) => [
        names[k],
        {
          to: "desk",
          arrivals: { kind: "poisson", rate: `${arrivalRatePerSecond}/s` },
          mix: { [names[k]!]: { share: "100 %", priority: loads.length - k } },
        },
      ]),
    ) as object,
    parts: {
      desk: {
        kind: "service",
        slots,
        queue: { discipline: { kind: "priority", preemptive } },
        operations: Object.fromEntries(loads.map((load, k) => [names[k], [{ work: law(load) }]])),
      },
    },
  };
}

function single(id: string, loads: readonly Mg1Load[], preemptive: boolean): Simulated {
  const responses = preemptive
    ? preemptiveResponses(loads)
    : nonPreemptiveWaits(loads).map((wait, k) => wait + loads[k]!.serviceSeconds);
  const busy = loads.reduce(
    (sum, load) => sum + load.arrivalRatePerSecond * load.serviceSeconds,
    0,
  );
  const total = loads.reduce((sum, { arrivalRatePerSecond }) => sum + arrivalRatePerSecond, 0);
  return {
    id: `priority-${id}`,
    what: `Classes of different urgency at one server${preemptive ? ", the urgent interrupt" : ""} (${id})`,
    source: preemptive
      ? "D. Gross, C. M. Harris, Fundamentals of Queueing Theory, section 3.4"
      : "A. Cobham, Operations Research 2 (1954)",
    platform: desk(loads, preemptive),
    warmUpSeconds: Number((4000 / total).toPrecision(3)),
    seconds: secondsFor(4e6, total),
    claims: [
      ...responses.map((response, k) => [latencyOf(`class-${k + 1}`), response] as const),
      [utilisation("desk"), busy],
    ],
  };
}

/** With the same work for all, the wait of M/M/c is divided by what the classes above leave. */
function sixServers(): Simulated {
  const [rates, servers] = [[1.3, 1.8, 2], 6];
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const { waitingProbability } = mmc({
    arrivalRatePerSecond: total,
    serviceRatePerSecond: 1,
    servers,
  });
  const spare = (k: number) => 1 - rates.slice(0, k).reduce((sum, rate) => sum + rate, 0) / servers;
  const loads = rates.map((arrivalRatePerSecond) => ({
    arrivalRatePerSecond,
    serviceSeconds: 1,
    serviceScv: 1,
  }));
  return {
    id: "priority-six-servers",
    what: "Three classes of different urgency at six servers",
    source: "A. Cobham, Operations Research 2 (1954)",
    platform: desk(loads, false, servers),
    warmUpSeconds: 500,
    seconds: secondsFor(4e6, total),
    claims: loads.map((_, k) => [
      latencyOf(`class-${k + 1}`),
      1 + waitingProbability / servers / (spare(k) * spare(k + 1)),
    ]),
  };
}

const load = (arrivalRatePerSecond: number, serviceSeconds: number, serviceScv = 1): Mg1Load => ({
  arrivalRatePerSecond,
  serviceSeconds,
  serviceScv,
});

export const classes: readonly Family[] = [
  {
    name: "Priorities",
    cases: [
      single("same-work", [load(0.2, 1), load(0.6, 1)], false),
      single("different-work", [load(40, 0.01), load(20, 0.02)], false),
      single("constant-and-exponential", [load(300, 0.001), load(200, 0.002, 0)], false),
      single("interrupting", [load(0.3, 1), load(0.5, 1)], true),
      single("interrupting-different-work", [load(300, 0.001), load(200, 0.002, 0)], true),
      sixServers(),
    ],
  },
];
