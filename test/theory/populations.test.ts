/** Users who wait for answers: the closed loop, and journeys as Markov chains. */
import { expect, test } from "vitest";
import { exp } from "../../src/kernel/mathematics.ts";
import type { Result } from "../../src/index.ts";
import { machineRepair, meanValueAnalysis } from "../../src/statistics/theory/index.ts";
import { agree, replicate } from "./agreement.ts";
import { exponential } from "./platforms.ts";
import { latency, queueLength, throughput, utilisation, type Reading } from "./readings.ts";

const MANY = 100_000;

// A user who thinks is a machine that runs, one who waits is a machine that is down: M/M/c//N.
test("users who think and ask are the machines of the repair shop", () => {
  const shop = { machines: 40, crews: 3, failureRatePerSecond: 10, repairRatePerSecond: 100 };
  const { down, throughputPerSecond, downSeconds } = machineRepair(shop);
  const platform = {
    workloads: {
      office: { to: "web", users: { count: shop.machines, think: exponential(10) } },
    },
    parts: { web: { kind: "service", slots: shop.crews, work: exponential(100) } },
  };
  const busy = throughputPerSecond / (shop.crews * shop.repairRatePerSecond);
  return agree({ ...platform, warmUpSeconds: 2, seconds: 68 }, [
    [throughput("web"), throughputPerSecond],
    [latency("mean"), downSeconds],
    [utilisation("web"), busy],
    [queueLength("web"), down - busy * shop.crews, 0.06],
  ]);
});

test("a closed network of two stations is as mean value analysis says", () => {
  const network = { clients: 12, thinkSeconds: 0.05, demandSeconds: [0.004, 0.008] };
  const { throughputPerSecond, responseSeconds, numbers } = meanValueAnalysis(network);
  const platform = {
    workloads: { office: { to: "web", users: { count: 12, think: exponential(20) } } },
    parts: {
      web: {
        kind: "service",
        slots: 1,
        "while-calling": "release",
        operations: { default: [{ work: exponential(250) }, { call: "store.read" }] },
      },
      store: { kind: "database", slots: 1, read: exponential(125) },
    },
  };
  const [atWeb, atStore] = numbers as [number, number];
  return agree({ ...platform, warmUpSeconds: 2, seconds: 30 }, [
    [throughput("web"), throughputPerSecond],
    [latency("mean"), responseSeconds],
    [queueLength("web"), atWeb - throughputPerSecond * 0.004, 0.08],
    [queueLength("store"), atStore - throughputPerSecond * 0.008, 0.08],
  ]);
});

// browse = 1 + 0.5 browse + 0.8 search, search = 0.2 browse, buy = 0.1 browse.
test("users take each step of a journey as often as its Markov chain says", () => {
  const browse = 1 / (1 - 0.5 - 0.8 * 0.2);
  const journey = {
    steps: {
      browse: { think: exponential(1000), next: { browse: "50 %", search: "20 %", buy: "10 %" } },
      search: { next: { browse: "80 %" } },
      buy: {},
    },
  };
  return agree({ ...shoppers(journey, 200), seconds: 12 }, [
    [perSession("browse"), browse],
    [perSession("search"), 0.2 * browse, 0.05],
    [perSession("buy"), 0.1 * browse, 0.05],
    [completion, 1],
  ]);
});

// Response times are exponential where nobody waits: slow with probability e^-μx at each step.
test("users abandon slow journeys with the probability of a slow answer at each step", () => {
  const leaves = 0.6 * exp(-1000 * 0.001);
  const journey = {
    start: "search",
    steps: { buy: {}, search: { next: { cart: "100 %" } }, cart: { next: { buy: "100 %" } } },
    abandon: { "slower-than": "1 ms", chance: "60 %" },
  };
  return agree({ ...shoppers(journey, 400), seconds: 10 }, [
    [completion, (1 - leaves) ** 3],
    [perSession("search"), 1, 0.001],
    [perSession("buy"), (1 - leaves) ** 2],
  ]);
});

test("a failed request is asked again until it is abandoned: a geometric number of times", () => {
  const journey = { steps: { buy: { think: "1 ms" } }, abandon: { "after-error": "25 %" } };
  const { parts, workloads } = shoppers(journey, 200);
  const faults = [{ kind: "crash", of: "web", at: "0 s" }];
  return agree({ workloads, parts, faults, seconds: 10 }, [
    [perSession("buy"), 1 / 0.25],
    [completion, 0],
  ]);
});

test("without thinking, four users of one slot always have three waiting", async () => {
  const platform = {
    workloads: { office: { to: "web", users: { count: 4 } } },
    parts: { web: { kind: "service", slots: 1, work: "100 ms" } },
  };
  const [result] = await replicate({ ...platform, warmUpSeconds: 1, seconds: 10 }, "1");
  expect(result!.total.latency).toMatchObject({ mean: 0.4, max: 0.4 });
  expect(result!.parts[0]).toMatchObject({ utilisation: 1, queueLength: { mean: 3, max: 3 } });
});

test("users come evenly over the ramp-up and think first", async () => {
  const platform = {
    workloads: { office: { to: "web", users: { count: 5, think: "1 s", "ramp-up": "10 s" } } },
    parts: { web: { kind: "service", slots: MANY, work: "1 s" } },
  };
  const trial = { ...platform, seconds: 9.5, replications: 1 };
  const [result] = await replicate(trial, "1");
  // They ask for the first time at 1, 3, 5, 7 and 9, and every 2 s from then on.
  expect(result!.total.generated).toBe(5 + 4 + 3 + 2 + 1);
});

test("users of a part that refuses everything ask every millisecond, not for ever at one instant", async () => {
  const platform = {
    workloads: {
      office: { to: "web", users: { count: 1 } },
      shoppers: {
        to: "web",
        arrivals: { kind: "deterministic", rate: "1/s" }, // the only one comes at 1 s
        journey: { steps: { buy: {} }, abandon: { "after-error": "0 %" } },
      },
    },
    parts: { web: { kind: "service", slots: 1, work: "1 s" } },
    faults: [{ kind: "crash", of: "web", at: "0 s" }],
  };
  const [result] = await replicate({ ...platform, seconds: 1.5, replications: 1 }, "1");
  const asked = Object.fromEntries(result!.classes.map(({ name, generated }) => [name, generated]));
  expect(asked).toEqual({ office: 1 + 1500, buy: 1 + 500 });
  expect(result!.sessions).toMatchObject([{ started: 1, completed: 0, abandoned: 0, underWay: 1 }]);
});

/** Users who come by chance and go on a journey where nobody has to wait. */
function shoppers(journey: object, ratePerSecond: number) {
  const arrivals = { kind: "poisson", rate: `${ratePerSecond}/s` };
  return {
    workloads: { shoppers: { to: "web", arrivals, journey } },
    parts: { web: { kind: "service", slots: MANY, work: exponential(1000) } },
  };
}

/** Requests of a class for each session. */
function perSession(name: string): Reading {
  const of = ({ classes, sessions }: Result) =>
    classes.find((each) => each.name === name)!.generated / sessions[0]!.started;
  return { name: `${name} per session`, resolution: 1e-4, of };
}

/** Share of sessions that were completed, of those that ended. */
const completion: Reading = {
  name: "completed share",
  resolution: 1e-9,
  of: ({ sessions }) => sessions[0]!.completed / (sessions[0]!.completed + sessions[0]!.abandoned),
};
