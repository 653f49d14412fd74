/** Larger and smaller instances: the arithmetic by hand, then through YAML with what it costs. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import {
  evictable,
  smallestFor,
  UsageHistory,
} from "../../../src/model/autoscalers/verticalArithmetic.ts";
import { checkScenarioFile } from "../../../src/scenario/load.ts";
import { sentence, sorted } from "../../../src/scenario/diagnostics.ts";

test("the ninth of ten readings counts, with its margin, and old readings do not", () => {
  const history = new UsageHistory({ percentile: 0.9, margin: 0.15, history: 100 });
  expect(history.usage).toBeNull();
  history.add([8, 1, 2, 3, 4, 5, 6, 7, 9, 10], 0);
  expect(history.usage).toBe(9);
  expect(history.wanted(2)).toBeCloseTo(2.3, 12);
  history.add([3], 100);
  expect(history.usage).toBe(3);
});

test("the smallest size that is enough, or the largest there is", () => {
  expect([1, 2.3, 4, 9].map((wanted) => smallestFor(wanted, [2, 4]))).toEqual([0, 1, 1, 1]);
});

test("a share may be away, one always, less those that are away already", () => {
  expect(evictable(2, 2, 0.5)).toBe(1);
  expect(evictable(7, 7, 0.5)).toBe(3);
  expect(evictable(7, 5, 0.5)).toBe(1);
  expect(evictable(7, 3, 0.5)).toBe(0);
  expect(evictable(1, 1, 0)).toBe(1);
});

/** Four requests a second, each a second of work, on two tills of two slots: all slots are taken. */
const full = `\
title: Tills that grow
run: { duration: 200 s, window: 10 s }
workloads:
  shoppers: { to: till, arrivals: { kind: deterministic, rate: 4 rps } }
parts:
  till:
    kind: service
    slots: 2
    work: 1 s
    health-check: none
    fleet: { type: small, instances: 2, start-up: 10 s, drain-timeout: 0 s }
autoscalers:
  till: { kind: vertical, sizes: [{ type: small }, { type: large, slots: 4 }] }
cost: { prices: { small: { price: 3.6 USD/hour }, large: { price: 7.2 USD/hour } } }
`;

test("one after another gives way to a larger one, and each costs by its type", async () => {
  const { events, cost, windows } = await run(full);
  const told = events
    .filter(({ plane, what }) => plane === "scaling" || what === "draining" || what === "ready")
    .map(({ at, instance, what, reason }) => `${at} ${instance ?? "-"} ${what}: ${reason}`);
  expect(told).toEqual([
    "60 - resize: small → large: 90 % of readings use up to 2 slots, and 15 % more is 2.3",
    "60 till-1 draining: makes room for large",
    "70 till-3 ready: started in 10 s",
    "120 till-2 draining: makes room for large",
    "130 till-4 ready: started in 10 s",
  ]);
  // Small ones for 60 s and 120 s, large ones for 140 s and 80 s.
  expect(cost.parts.map(({ type, total }) => [type, total])).toEqual([
    ["small", "0.18"],
    ["large", "0.44"],
  ]);
  expect(cost.total).toBe("0.62");
  // Two tills of four slots are half busy with four seconds of work a second.
  expect(windows.parts["till"]!.utilisation.at(-1)).toBeCloseTo(0.5, 2);
});

test("cores are measured where calls compute, and decide how fast they do", async () => {
  const computing = full
    .replace("slots: 2\n    work: 1 s", "slots: 40\n    operations: { shoppers: [{ cpu: 1 s }] }")
    .replace("slots: 4 }", "slots: 40 }")
    .replace("3.6 USD/hour }", "3.6 USD/hour, cores: 2 }")
    .replace("7.2 USD/hour }", "7.2 USD/hour, cores: 4 }");
  const { events, windows } = await run(computing);
  expect(events.find(({ plane }) => plane === "scaling")!.reason).toBe(
    "small → large: 90 % of readings use up to 2 cores, and 15 % more is 2.3",
  );
  expect(windows.parts["till"]!.utilisation.at(-1)).toBeCloseTo(0.5, 2);
});

test("it gives back what is not used, and leaves a lone instance alone", async () => {
  const quiet = full.replace("4 rps", "1 rps").replace("small }", "small, slots: 1 }");
  const { events } = await run(quiet.replace("slots: 2\n", "slots: 4\n"));
  // Half a slot of each is used: 0.5 × 1.15 = 0.6.
  expect(events.find(({ plane }) => plane === "scaling")).toMatchObject({
    what: "resize",
    reason: "small → small: 90 % of readings use up to 0.5 slots, and 15 % more is 0.6",
  });
  const alone = await run(full.replace("instances: 2", "instances: 1"));
  expect(alone.events.map(({ what }) => what)).toEqual(["resize"]);
});

test("mistakes are found where they stand", () => {
  const wrong = full.replace("sizes: [{ type: small }, { type: large", "sizes: [{}, { type: larg");
  const loaded = checkScenarioFile({
    file: "night.yaml",
    text: wrong,
    readFile: () => expect.fail("no other file is read"),
    set: [],
    variant: null,
  });
  if (loaded.ok) return expect.fail("the scenario has mistakes");
  expect(sorted(loaded.issues).map((issue) => sentence(issue))).toEqual([
    expect.stringContaining("a size of nothing"),
    expect.stringContaining('no instance type "larg"; did you mean'),
  ]);
});
