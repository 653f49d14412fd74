/** Several parts together: in a row, in a circle, in parallel. */
import {
  forkJoin,
  machineRepair,
  meanValueAnalysis,
  meanValueAnalysisOfClasses,
  mg1,
  mm1,
  mmc,
  type ClosedClass,
  type Workshop,
} from "../../../src/statistics/theory/index.ts";
import { exponential, source, type Law } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import {
  latency,
  latencyOf,
  present,
  queueLength,
  throughput,
  throughputOf,
  utilisation,
  waiting,
} from "../readings.ts";

const MANY = 100_000;

function visited(slots: number, work: Law, next: readonly string[]): object {
  return {
    kind: "service",
    slots,
    "while-calling": "release",
    operations: { default: [{ work }, ...next.map((call) => ({ call }))] },
  };
}

function repairShop(shop: Workshop): Simulated {
  const { down, downSeconds, throughputPerSecond } = machineRepair(shop);
  const { machines, crews, failureRatePerSecond, repairRatePerSecond } = shop;
  return {
    id: `machine-repair-${crews}-${machines}`,
    what: `${machines} users who think and ask ${crews} servers: the machines of the repair shop`,
    source: "D. Gross, C. M. Harris, Fundamentals of Queueing Theory, section 2.7",
    platform: {
      workloads: {
        users: { to: "shop", users: { count: machines, think: exponential(failureRatePerSecond) } },
      },
      parts: { shop: { kind: "service", slots: crews, work: exponential(repairRatePerSecond) } },
    },
    warmUpSeconds: 50,
    seconds: secondsFor(1e6, throughputPerSecond),
    claims: [
      [present("shop", crews), down],
      [throughput("shop"), throughputPerSecond],
      [latency("mean"), downSeconds],
    ],
  };
}

function interactive(): Simulated {
  const demandSeconds = [0.04, 0.08, 0.03];
  const network = { clients: 20, thinkSeconds: 4, demandSeconds };
  const { throughputPerSecond, responseSeconds, numbers } = meanValueAnalysis(network);
  const [cpu, near, far] = demandSeconds.map((seconds) => exponential(1 / seconds));
  return {
    id: "closed-three-stations",
    what: "Twenty users who think 4 s and pass a processor and two disks",
    source: "M. Reiser, S. S. Lavenberg, JACM 27 (1980)",
    platform: {
      workloads: { users: { to: "cpu", users: { count: 20, think: exponential(1 / 4) } } },
      parts: {
        cpu: visited(1, cpu!, ["near"]),
        near: visited(1, near!, ["far"]),
        far: visited(1, far!, []),
      },
    },
    warmUpSeconds: 100,
    seconds: secondsFor(1e6, throughputPerSecond),
    claims: [
      [throughput("cpu"), throughputPerSecond],
      [latency("mean"), responseSeconds],
      ...["cpu", "near", "far"].map((part, k) => [present(part), numbers[k]!] as const),
    ],
  };
}

/** Product form, by J. P. Buzen's convolution: of n at a station with c servers weigh (D/1) … (D/min(n, c)). */
function shops(clients: number, thinkSeconds: number): Simulated {
  const stations = { web: [2, 0.09], api: [1, 0.05], store: [3, 0.11] } as const;
  const weights = (demand: number, servers: number) => {
    const found = [1];
    for (let n = 1; n <= clients; n += 1)
      found.push((found[n - 1]! * demand) / Math.min(n, servers));
    return found;
  };
  const constants = Object.values(stations)
    .map(([servers, demand]) => weights(demand, servers))
    .reduce(
      (all, one) =>
        all.map((_, n) => one.slice(0, n + 1).reduce((sum, w, k) => sum + w * all[n - k]!, 0)),
      weights(thinkSeconds, Infinity),
    );
  const throughputPerSecond = constants[clients - 1]! / constants[clients]!;
  const names = Object.keys(stations);
  return {
    id: `closed-many-servers-${clients}`,
    what: `${clients} users and three stations of two, one and three servers`,
    source: "J. P. Buzen, CACM 16 (1973)",
    platform: {
      workloads: {
        users: { to: "web", users: { count: clients, think: exponential(1 / thinkSeconds) } },
      },
      parts: Object.fromEntries(
        Object.entries(stations).map(([name, [servers, demand]], k) => [
          name,
          visited(servers, exponential(1 / demand), names.slice(k + 1, k + 2)),
        ]),
      ),
    },
    warmUpSeconds: 60,
    seconds: secondsFor(1e6, throughputPerSecond),
    claims: [
      [throughput("web"), throughputPerSecond],
      [latency("mean"), clients / throughputPerSecond - thinkSeconds],
      [utilisation("api"), throughputPerSecond * 0.05],
    ],
  };
}

function twoClasses(id: string, classes: readonly ClosedClass[], seconds: number): Simulated {
  const theory = meanValueAnalysisOfClasses(classes);
  const names = classes.map((_, k) => `class-${k + 1}`);
  const cpu = (station: number) => (one: ClosedClass) => ({
    cpu: exponential(1 / one.demandSeconds[station]!),
  });
  const operations = (station: number, next: (name: string) => object[]) =>
    Object.fromEntries(
      classes.map((one, k) => [names[k], [cpu(station)(one), ...next(names[k]!)]]),
    );
  const shared = { kind: "service", slots: MANY, cpu: { sharing: "processor-sharing" } };
  return {
    id: `closed-two-classes-${id}`,
    what: "Users of two classes who share a processor and a disk evenly",
    source:
      "Baskett, Chandy, Muntz, Palacios (1975); Lazowska et al., Quantitative System Performance (1984)",
    platform: {
      workloads: Object.fromEntries(
        classes.map(({ clients, thinkSeconds }, k) => [
          names[k],
          {
            to: "processor",
            users: {
              count: clients,
              ...(thinkSeconds === 0 ? {} : { think: exponential(1 / thinkSeconds) }),
            },
          },
        ]),
      ),
      parts: {
        processor: { ...shared, operations: operations(0, (name) => [{ call: `disk.${name}` }]) },
        disk: { ...shared, operations: operations(1, () => []) },
      },
    },
    warmUpSeconds: 500,
    seconds,
    claims: theory.flatMap(({ throughputPerSecond, responseSeconds }, k): Claim[] => [
      [throughputOf(names[k]!), throughputPerSecond],
      [latencyOf(names[k]!), responseSeconds],
    ]),
  };
}

function tandem(): Simulated {
  const theories = {
    web: mmc({ arrivalRatePerSecond: 300, serviceRatePerSecond: 100, servers: 4 }),
    search: mmc({ arrivalRatePerSecond: 300, serviceRatePerSecond: 400, servers: 1 }),
    stock: mmc({ arrivalRatePerSecond: 300, serviceRatePerSecond: 1 / 0.03, servers: 12 }),
  };
  const { web, search, stock } = theories;
  return {
    id: "tandem",
    what: "Three queues in a row, four, one and twelve servers",
    source: "P. J. Burke (1956)",
    platform: {
      workloads: source("web", 300),
      parts: {
        web: visited(4, exponential(100), ["search"]),
        search: visited(1, exponential(400), ["stock"]),
        stock: visited(12, exponential(1 / 0.03), []),
      },
    },
    warmUpSeconds: 30,
    seconds: secondsFor(3e6, 300),
    claims: [
      [latency("mean"), web.responseSeconds + search.responseSeconds + stock.responseSeconds],
      [present("web", 4), 300 * web.responseSeconds],
      [present("search"), 300 * search.responseSeconds],
      [present("stock", 12), 300 * stock.responseSeconds],
    ],
  };
}

/** Stations that users of a journey pass: which next is drawn at each answer, so Jackson's network. */
function jackson(
  id: string,
  what: string,
  stations: Readonly<Record<string, { rate: number; next: object; arrivals: number; mu: number }>>,
): Simulated {
  const names = Object.keys(stations);
  const outside = names.filter((name) => stations[name]!.arrivals > 0);
  const total = names.reduce((sum, name) => sum + stations[name]!.rate, 0);
  const classed = (from: string) =>
    Object.fromEntries(
      names.map((name) => [
        `${from}-${name}`,
        {
          operation: name,
          next: Object.fromEntries(
            Object.entries(stations[name]!.next).map(([to, share]) => [`${from}-${to}`, share]),
          ),
        },
      ]),
    );
  return {
    id,
    what,
    source: "J. R. Jackson, Operations Research 5 (1957)",
    platform: {
      workloads: Object.fromEntries(
        outside.map((from) => [
          `from-${from}`,
          {
            to: "door",
            arrivals: { kind: "poisson", rate: `${stations[from]!.arrivals}/s` },
            journey: { start: `${from}-${from}`, steps: classed(from) },
          },
        ]),
      ),
      parts: {
        door: {
          kind: "service",
          slots: MANY,
          operations: Object.fromEntries(names.map((name) => [name, [{ call: name }]])),
        },
        ...Object.fromEntries(
          names.map((name) => [
            name,
            { kind: "service", slots: 1, work: exponential(stations[name]!.mu) },
          ]),
        ),
      },
    },
    warmUpSeconds: 100,
    seconds: secondsFor(4e6, total),
    claims: names.flatMap((name): Claim[] => {
      const { rate, mu } = stations[name]!;
      const queue = mm1({ arrivalRatePerSecond: rate, serviceRatePerSecond: mu });
      return [
        [throughput(name), rate],
        [present(name), rate * queue.responseSeconds],
      ];
    }),
  };
}

/** A web tier that calls several servers at once and waits for all of them. */
function parallel(servers: number, slotsBehind: number, slots: number): object {
  const names = Array.from({ length: servers }, (_, k) => `server-${k + 1}`);
  const behind = { kind: "service", slots: slotsBehind, work: exponential(1) };
  return {
    web: {
      kind: "service",
      slots,
      operations: { default: [{ parallel: names.map((call) => ({ call })) }] },
    },
    ...Object.fromEntries(names.map((name) => [name, behind])),
  };
}

function forked(servers: number, percent: number, requests: number, simulated?: number): Simulated {
  const rates = { arrivalRatePerSecond: percent / 100, serviceRatePerSecond: 1 };
  const formula = forkJoin({ ...rates, servers });
  return {
    id: `fork-join-${servers}-${percent}`,
    what: `Every request asks ${servers} servers at ${percent} % and waits for all`,
    source:
      servers === 2
        ? "L. Flatto, S. Hahn, SIAM J. Appl. Math. 44 (1984)"
        : "R. Nelson, A. N. Tantawi, IEEE Transactions on Computers 37 (1988): within 5 %; beside it a simulation by others",
    platform: {
      workloads: source("web", rates.arrivalRatePerSecond),
      parts: parallel(servers, 1, MANY),
    },
    warmUpSeconds: 500,
    seconds: secondsFor(requests, rates.arrivalRatePerSecond),
    claims:
      simulated === undefined
        ? [
            [latency("mean"), formula],
            [waiting("server-1", "mean"), mm1(rates).waitingSeconds],
          ]
        : [
            [latency("mean"), formula, 0.05],
            [latency("mean"), simulated, 0.001],
            [waiting("server-1", "mean"), mm1(rates).waitingSeconds],
          ],
  };
}

/** The largest of three exponentials has the mean 1 + 1/2 + 1/3 and the variance 1 + 1/4 + 1/9. */
function splitMerge(): Simulated {
  const load = { arrivalRatePerSecond: 0.3, serviceSeconds: 11 / 6, serviceScv: 49 / 121 };
  const theory = mg1(load);
  return {
    id: "split-merge-3",
    what: "One slot that waits for three calls in parallel",
    source: "R. Nelson, A. N. Tantawi, IEEE Transactions on Computers 37 (1988)",
    platform: { workloads: source("web", 0.3), parts: parallel(3, MANY, 1) },
    warmUpSeconds: 500,
    seconds: secondsFor(2e6, 0.3),
    claims: [
      [latency("mean"), theory.responseSeconds],
      [queueLength("web"), theory.queueLength],
      [utilisation("web"), theory.utilisation],
    ],
  };
}

export const networks: readonly Family[] = [
  {
    name: "Closed loops",
    cases: [
      repairShop({ machines: 2, crews: 1, failureRatePerSecond: 0.25, repairRatePerSecond: 4 }),
      repairShop({ machines: 12, crews: 5, failureRatePerSecond: 8, repairRatePerSecond: 2 }),
      repairShop({ machines: 40, crews: 3, failureRatePerSecond: 10, repairRatePerSecond: 100 }),
      interactive(),
      shops(9, 0.2),
      shops(23, 1.3),
      twoClasses(
        "13",
        [
          { clients: 8, thinkSeconds: 1, demandSeconds: [0.1, 0.05] },
          { clients: 5, thinkSeconds: 3, demandSeconds: [0.03, 0.2] },
        ],
        1e4,
      ),
      twoClasses(
        "2",
        [
          { clients: 1, thinkSeconds: 0, demandSeconds: [1, 3] },
          { clients: 1, thinkSeconds: 0, demandSeconds: [2, 4] },
        ],
        1e5,
      ),
    ],
  },
  {
    name: "Open networks",
    cases: [
      tandem(),
      jackson("jackson-four-stations", "Four stations with feedback, arrivals at two of them", {
        one: { rate: 10, arrivals: 8, mu: 14, next: { two: "20 %", three: "56 %", four: "24 %" } },
        two: { rate: 2, arrivals: 0, mu: 9, next: { one: "100 %" } },
        three: { rate: 11.6, arrivals: 6, mu: 17, next: {} },
        four: { rate: 2.4, arrivals: 0, mu: 7, next: {} },
      }),
      jackson("jackson-feedback", "One station whose answer leads back to it three times in ten", {
        desk: { rate: 4 / 0.7, arrivals: 4, mu: 8, next: { desk: "30 %" } },
      }),
    ],
  },
  {
    name: "Fork and join",
    cases: [
      forked(2, 50, 2e6),
      forked(2, 80, 4e6),
      // By 6.4 million and more requests of an independent program.
      forked(4, 50, 2e6, 3.841471),
      forked(16, 80, 2e6, 13.58212),
      splitMerge(),
    ],
  },
];
