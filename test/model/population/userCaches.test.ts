/** What users keep for themselves, worked out by hand. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";

/** An answer takes the shop 100 ms. */
async function asks(workload: object, seconds = 10) {
  const result = await run({
    title: "Kept",
    run: { duration: `${seconds} s`, replications: 1 },
    workloads: { user: { to: "shop", ...workload } },
    parts: { shop: { kind: "service", slots: 10, work: "100 ms" } },
  });
  const { generated, succeeded, attempts, latency } = result.total;
  const kept = result.clientCaches?.map(({ hits, misses }) => [hits, misses]);
  const arrived = result.parts[0]!.calls.arrived;
  return { generated, succeeded, attempts, arrived, kept, latency, result };
}

const inTurn = (items: number) => ({
  mix: { view: { share: "100 %", keys: { kind: "sequential", items } } },
});
const one = { users: { count: 1, think: "1 s" }, ...inTurn(3) };

test("a hit is answered at once and never sent; the least recently used answer makes room", async () => {
  // Asks at 1, 2.1, 3.2 and then, answered at once, at 4.3, 5.3, … 9.3.
  const told = await asks({ ...one, client: { cache: { capacity: 3 } } });
  expect(told).toMatchObject({ generated: 9, succeeded: 9, attempts: 3, arrived: 3 });
  expect(told.kept).toEqual([[6, 3]]);
  expect(told.latency.p50).toBe(0);
  // In turn, each of three is the one that left two places: asks every 1.1 s.
  const short = await asks({ ...one, client: { cache: { capacity: 2 } } });
  expect(short).toMatchObject({ generated: 9, attempts: 9, kept: [[0, 9]] });
});

test("an answer is fresh for its time from when it came, however often it is used", async () => {
  // Answers of 1.1, 2.2, 3.3 last to 5.1, 6.2, 7.3: hits at 4.3, 5.3, 6.3, misses at 7.3, 8.4, 9.5.
  const told = await asks({ ...one, client: { cache: { capacity: 3, ttl: "4 s" } } });
  expect(told.kept).toEqual([[3, 6]]);
});

test("a look-up may take its time", async () => {
  // Asks at 1, 2.1, 3.2, and at 4.3, 6.3, 8.3, each looked up for a second.
  const cache = { capacity: 3, lookup: "1 s" };
  const told = await asks({ ...one, client: { cache } });
  expect(told).toMatchObject({ generated: 6, kept: [[3, 3]] });
  expect(told.latency.max).toBeCloseTo(1, 1);
});

test("nobody has another one's answer, and wrong answers are not kept", async () => {
  const two = { users: { count: 2, think: "1 s" }, ...inTurn(1) };
  expect((await asks({ ...two, client: { cache: { capacity: 9 } } })).kept).toEqual([[16, 2]]);
  const late = { timeout: "50 ms", cache: { capacity: 9 } };
  expect((await asks({ ...one, client: late })).kept).toEqual([[0, 9]]);
});

test("only the answers of the classes named are kept, each class its own", async () => {
  const keys = { kind: "uniform", items: 1 };
  const journey = {
    steps: { view: { keys, next: { buy: "100 %" } }, buy: { keys, next: { view: "100 %" } } },
  };
  const people = { users: { count: 1, think: "1 s" }, journey };
  const all = await asks({ ...people, client: { cache: { capacity: 9 } } });
  expect(all.kept!.map(([, misses]) => misses)).toEqual([1, 1]);
  const some = await asks({ ...people, client: { cache: { capacity: 9, classes: ["view"] } } });
  expect(some.result.clientCaches).toMatchObject([{ class: "view", misses: 1 }]);
});

const regular = { arrivals: { kind: "deterministic", rate: "1 rps" }, population: { users: 1 } };

test("whoever comes back to an open workload still has what was kept", async () => {
  const client = { cache: { capacity: 9 } };
  expect((await asks({ ...regular, ...inTurn(2), client }, 9.5)).kept).toEqual([[7, 2]]);
  // Two steps a session: at the second visit, by another number or not, both are there.
  const keys = { kind: "uniform", items: 1 };
  const journey = {
    steps: { view: { keys, think: "2 s", next: { buy: "100 %" } }, buy: { keys } },
  };
  const told = await asks({ ...regular, journey, client }, 9.5);
  expect(told.result.clientCaches).toMatchObject([
    { class: "view", hits: 8, misses: 1 },
    { misses: 1 },
  ]);
});

test("a population draws nothing that anybody else would have drawn", async () => {
  const demand = {
    arrivals: { rate: "100 rps" },
    mix: { view: { share: "60 %", keys: { kind: "zipf", items: 50 } }, buy: { share: "40 %" } },
  };
  const nobody = await asks(demand);
  const somebody = await asks({ ...demand, population: { users: 50, exponent: 1 } });
  expect(somebody.result.fingerprint).toBe(nobody.result.fingerprint);
});

test("a balancer that goes by the source knows who comes back", async () => {
  const edge = { kind: "load-balancer", to: "shop", balancer: "sticky" };
  const shop = { kind: "service", slots: 1, work: "1500 ms", fleet: { instances: 2 } };
  const result = await run({
    title: "One user, one backend",
    run: { duration: "9500 ms", replications: 1 },
    workloads: { user: { to: "edge", ...regular } },
    parts: { edge, shop },
  });
  // Six of nine are served by the one instance; two could have served them all.
  expect(result.total).toMatchObject({ generated: 9, succeeded: 5 });
});
