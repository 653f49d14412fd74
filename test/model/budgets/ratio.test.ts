import { expect, test } from "vitest";
import { REFUSED_RETRY } from "../../../src/model/budgets/budget.ts";
import { budgetSchema } from "../../../src/model/budgets/index.ts";
import { ratio } from "../../../src/model/budgets/ratio.ts";
import { ERROR } from "../../../src/model/outcomes.ts";

test("a share alone is a ratio with 10 retries in hand and 100 at most, and is written so again", () => {
  const whole = { kind: "ratio", share: 0.25, reserve: 10, cap: 100 };
  expect(budgetSchema.parse("25 %")).toEqual(whole);
  expect(budgetSchema.parse({ kind: "ratio", share: "25 %" })).toEqual(whole);
  expect(budgetSchema.encode(whole as never)).toBe("25 %");
  expect(budgetSchema.encode({ ...whole, cap: 50 } as never)).toMatchObject({ cap: 50 });
});

test("first attempts pay in, retries take out, and the cap bounds what is saved", () => {
  const budget = ratio.create({ share: 0.25, reserve: 0, cap: 3 }, null);
  const retries = () => {
    let count = 0;
    while (budget.withdraw(ERROR) !== REFUSED_RETRY) count++;
    return count;
  };
  expect(retries()).toBe(0);
  for (let call = 0; call < 4; call++) budget.sent();
  expect(retries()).toBe(1);
  for (let call = 0; call < 400; call++) budget.sent();
  expect(retries()).toBe(3);
});
