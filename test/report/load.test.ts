import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { loadedEdges } from "../../src/report/load.ts";

/** Ten look-ups a second of which three in ten go to the store too, by way of the shop itself. */
const platform = {
  title: "A shop with a shelf",
  run: { duration: "200 s", window: "10 s" },
  workloads: {
    readers: {
      to: "shop",
      arrivals: { kind: "deterministic", rate: "7 rps" },
      mix: { read: { share: "100 %", keys: { kind: "uniform", items: 50 } } },
    },
    buyers: {
      to: "shop",
      arrivals: { kind: "deterministic", rate: "3 rps" },
      mix: { buy: { share: "100 %", keys: { kind: "uniform", items: 50 } } },
    },
  },
  parts: {
    shop: {
      kind: "service",
      slots: 100,
      operations: { read: [{ call: "shelf.get" }], buy: [{ call: "store.write" }] },
    },
    shelf: { kind: "cache", behind: "store.read", capacity: 10 },
    store: { kind: "database", slots: 100, read: "1 ms", write: "1 ms" },
  },
};

test("edges to a part of several callers are told apart by what workloads and caches know", async () => {
  const result = await run(platform);
  const over = Object.fromEntries(
    loadedEdges(result).map(({ from, to, perSecond }) => [`${from} > ${to}`, perSecond]),
  );
  const misses = result.parts.find(({ name }) => name === "shelf")!.cache!.misses;
  expect(over["readers > shop"]).toBeCloseTo(7, 1);
  expect(over["buyers > shop"]).toBeCloseTo(3, 1);
  expect(over["shop > shelf"]).toBeCloseTo(7, 1);
  expect(over["shelf > store"]).toBe(misses / 200);
  expect(misses).toBeGreaterThan(100);
  expect(over["shop > store"]).toBeCloseTo(3, 1);
});

test("an edge that nothing tells from another has no number", async () => {
  const { store } = platform.parts;
  const desk = {
    kind: "service",
    slots: 9,
    operations: { some: [{ call: "store.write" }], others: [{ call: "store.write" }] },
  };
  const arrivals = { kind: "deterministic", rate: "1 rps" };
  const result = await run({
    ...platform,
    workloads: { some: { to: "one", arrivals }, others: { to: "another", arrivals } },
    parts: { one: desk, another: desk, store },
  });
  const toStore = loadedEdges(result).filter(({ to }) => to === "store");
  expect(toStore.map(({ perSecond }) => perSecond)).toEqual([null, null]);
});
