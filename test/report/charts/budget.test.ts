import { expect, test } from "vitest";
import { budget, unspent } from "../../../src/report/charts/budget.ts";
import { sampleResult } from "../sample.ts";

/** 10 requests a second for 40 s of which `failing` fail each second, 99 % promised: 4 may fail in all. */
function failing(perSecond: number[]) {
  const result = sampleResult({ clock: null, replications: 1 });
  Object.assign(result.run, { duration: 40, warmUp: 0 });
  const all = result.windows.classes["all"]!;
  result.windows.start = [0, 10, 20, 30];
  all.arrivals = [10, 10, 10, 10];
  all.failed = { dropped: perSecond };
  const [promise] = result.objectives;
  Object.assign(promise!, { name: "promise", target: 0.99 });
  promise!.budget = { allowed: 4, spent: 0, left: 4 };
  return result;
}

test("the budget is spent as failures add up, at a rate of one when as fast as it may", () => {
  // 0.1 failures a second are 1 in each window, a quarter of the budget.
  const { rows } = budget.table(failing([0.1, 0.1, 0.2, 0]));
  expect(rows.map((row) => row.slice(1))).toEqual([
    ["25.0 %", "1.00"],
    ["50.0 %", "1.00"],
    ["100 %", "2.00"],
    ["100 %", "0"],
  ]);
});

test("the caption says when the budget was gone, and when it burnt fastest", () => {
  expect(budget.describe(failing([0.1, 0.1, 0.4, 0]))).toBe(
    '"promise": the budget was gone at 00:20; it burnt fastest at 00:20, 4.00 times as fast as it may.',
  );
});

test("of a budget that nothing was spent of there is no picture, and a sentence in its place", () => {
  const result = failing([0, 0, 0, 0]);
  expect(budget.draw(result)).toBeNull();
  expect(unspent(result)).toBe(
    "Nothing failed of what was promised: all of the error budget is left.",
  );
  expect(unspent(failing([0, 0, 0.1, 0]))).toBeNull();
  expect(unspent({ ...result, objectives: [] })).toBeNull();
});
