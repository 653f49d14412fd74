/** What every retry budget must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { REFUSED_RETRY, type Budget } from "../../src/model/budgets/budget.ts";
import { budgets, budgetSchema } from "../../src/model/budgets/index.ts";
import { ERROR, TIMED_OUT } from "../../src/model/outcomes.ts";
import { make } from "../../src/schema/definition.ts";

/** A member with a half for each share it needs. */
function written(member: (typeof budgets)[number]): object {
  const { kind: _, ...fields } = member.schema.shape as Record<string, z.ZodType>;
  const needed = Object.entries(fields).filter(([, field]) => !field.safeParse(undefined).success);
  return { kind: member.kind, ...Object.fromEntries(needed.map(([key]) => [key, "50 %"])) };
}

describe.each(budgets.map((member) => [member.kind, written(member)] as const))("%s", (_, spec) => {
  const fresh = (): Budget => make(budgets, budgetSchema.parse(spec), null);
  /** Calls that fail for ever, each of which asks for one retry; those that get it. */
  const retries = (budget: Budget, calls: number) => {
    let count = 0;
    for (let call = 0; call < calls; call++) {
      budget.sent();
      budget.failed();
      if (budget.withdraw(call % 2 ? ERROR : TIMED_OUT) !== REFUSED_RETRY) count++;
    }
    return count;
  };

  test("pays for the first retry of a caller without a history", () => {
    expect(retries(fresh(), 1)).toBe(1);
  });

  test("stops most retries of calls that never succeed", () => {
    const count = retries(fresh(), 10_000);
    expect(count).toBeLessThanOrEqual(0.51 * 10_000);
  });

  test("pays again once calls succeed without a retry", () => {
    const budget = fresh();
    retries(budget, 10_000);
    for (let call = 0; call < 10_000; call++) {
      budget.sent();
      budget.succeeded(0);
    }
    expect(retries(budget, 1)).toBe(1);
  });

  test("has no more in hand after a million successes than after ten thousand", () => {
    const after = (successes: number) => {
      const budget = fresh();
      for (let call = 0; call < successes; call++) {
        budget.sent();
        budget.succeeded(0);
      }
      return retries(budget, 1000);
    };
    expect(after(1_000_000)).toBe(after(10_000));
  });
});
