/** Error budgets of longer windows, slices, burn rates, nines and Apdex, of 79 of 99 that succeed. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { rehearse, till, twentyRefused } from "../../support/till.ts";

const night = { faults: twentyRefused };

const promise = async (objective: object, more: object = {}) => {
  const scenario = { ...till({ ...night, objectives: [objective] }), ...more };
  return (await run(scenario)).objectives[0]!;
};

/** A window of 1,000 s holds 99 requests of the run and 900 s of history at one a second. */
const THOUSAND = { availability: "90 %", period: "1000 s" };

test("a rolling window ends with the run, and what was before was perfect", async () => {
  const { period } = await promise(THOUSAND, { history: { rate: "1 rps" } });
  expect(period).toMatchObject({
    length: 1000,
    elapsed: null,
    requests: 999,
    before: 0,
    spent: 20,
  });
  expect(period!.allowed).toBeCloseTo(99.9, 9);
  expect(period!.left).toBeCloseTo(1 - 20 / 99.9, 9);
});

test("what failed before spends it too", async () => {
  const { period } = await promise(THOUSAND, { history: { rate: "1 rps", failed: "5 %" } });
  expect(period!.before).toBeCloseTo(45, 9);
  expect(period!.left).toBeCloseTo(1 - 65 / 99.9, 9);
});

test("of a calendar window only what has passed can have failed", async () => {
  const calendar = { ...THOUSAND, elapsed: "400 s" };
  const { period } = await promise(calendar, { history: { rate: "1 rps", failed: "5 %" } });
  expect(period).toMatchObject({ elapsed: 400, requests: 999 });
  expect(period!.left).toBeCloseTo(1 - (20 + 20) / 99.9, 9);
});

test("slices of 20 s: those that begin at 40 s are bad, as none succeeds there", async () => {
  const { slices } = await promise({ availability: "80 %", slice: "20 s" });
  expect(slices).toMatchObject({ length: 20, kept: 4, of: 5, allowed: expect.closeTo(1, 9) });
  expect(slices!.left).toBeCloseTo(0, 9);
});

test("a burn rate is failures over those allowed, of a window that reaches into history", async () => {
  const { burn } = await promise({ availability: "99 %" }, { history: { rate: "1 rps" } });
  const [five, hour] = burn!;
  // At most once all twenty have failed, before more history than run is left behind: 20 of 300.
  expect(five).toMatchObject({ over: 300 });
  expect(five!.most).toBeCloseTo(20 / 299 / 0.01, 1);
  expect(hour!.end).toBeCloseTo(20 / 3599 / 0.01, 6);
});

test("availability has as many nines as its failures have zeros", async () => {
  const { availability } = await rehearse(night);
  expect(availability.nines).toBeCloseTo(-Math.log10(20 / 99), 12);
  expect((await rehearse()).availability.nines).toBeNull();
});

test("Apdex: half of what takes up to four times T counts, failures do not", async () => {
  // Half a second of work for 79 of 99.
  const score = async (below: string) => (await promise({ latency: "p99", below })).apdex!.score;
  expect(await score("600 ms")).toBeCloseTo(79 / 99, 12);
  expect(await score("200 ms")).toBeCloseTo(39.5 / 99, 12);
  expect(await score("100 ms")).toBe(0);
});
