import { expect, test } from "vitest";
import { REFUSED_RETRY } from "../../../src/model/budgets/budget.ts";
import { throttle } from "../../../src/model/budgets/throttle.ts";
import { ERROR } from "../../../src/model/outcomes.ts";

test("10 tokens and a ratio of 0.1: the fifth failure in a row stops retries, as in gRPC", () => {
  const budget = throttle.create(throttle.schema.parse({ kind: "throttle" }), null);
  const fail = () => {
    budget.failed();
    return budget.withdraw(ERROR) !== REFUSED_RETRY;
  };
  expect([fail(), fail(), fail(), fail(), fail()]).toEqual([true, true, true, true, false]);
  // 5 tokens; a failure takes one, so more than 6 are needed before it: eleven successes.
  for (let call = 0; call < 9; call++) budget.succeeded(0);
  expect(fail()).toBe(false); // 5.9 - 1
  for (let call = 0; call < 12; call++) budget.succeeded(0);
  expect(fail()).toBe(true); // 6.1 - 1
});

test("half of the tokens are not enough: more than half must be there", () => {
  const budget = throttle.create({ tokens: 2, ratio: 1 }, null);
  expect(budget.withdraw(ERROR)).toBe(0);
  budget.failed();
  expect(budget.withdraw(ERROR)).toBe(REFUSED_RETRY);
});
