import { expect, test } from "vitest";
import { REFUSED_RETRY } from "../../../src/model/budgets/budget.ts";
import { quota } from "../../../src/model/budgets/quota.ts";
import { ERROR, TIMED_OUT } from "../../../src/model/outcomes.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const fresh = (options: object = {}) =>
  quota.create(quota.schema.parse({ kind: "quota", ...options }), null);

test("500 tokens pay for 100 retries, or for 50 after time-outs, as in the AWS SDKs", () => {
  const retries = (outcome: typeof ERROR | typeof TIMED_OUT) => {
    const budget = fresh();
    let count = 0;
    while (budget.withdraw(outcome) !== REFUSED_RETRY) count++;
    return count;
  };
  expect(retries(ERROR)).toBe(100);
  expect(retries(TIMED_OUT)).toBe(50);
});

test("a retry that succeeds brings back what it took, another success one token", () => {
  const budget = fresh({ tokens: 10 });
  expect(budget.withdraw(TIMED_OUT)).toBe(10);
  expect(budget.withdraw(ERROR)).toBe(REFUSED_RETRY);
  budget.succeeded(10);
  expect(budget.withdraw(ERROR)).toBe(5); // 5 are left
  for (let call = 0; call < 4; call++) budget.succeeded(0); // 9 are
  expect(budget.withdraw(TIMED_OUT)).toBe(REFUSED_RETRY);
  budget.succeeded(0);
  expect(budget.withdraw(TIMED_OUT)).toBe(10);
});

test("there are never more tokens than at the start", () => {
  const budget = fresh({ tokens: 10 });
  for (let call = 0; call < 100; call++) budget.succeeded(10);
  expect(budget.withdraw(TIMED_OUT)).toBe(10);
  expect(budget.withdraw(ERROR)).toBe(REFUSED_RETRY);
});

test("a call remembers what its retry took", () => {
  // One slot, nobody waits. Each front.sell fails at first (the desk is busy to 1.5) and succeeds when
  // it comes again a second later: with 5 tokens only one retry is paid for at a time.
  const retry = {
    attempts: 2,
    backoff: { kind: "constant", delay: "1 s" },
    budget: { kind: "quota", tokens: 5 },
  };
  const front = { kind: "service", slots: 9, operations: { sell: [{ call: "desk", retry }] } };
  const desk = { kind: "service", slots: 1, queue: { limit: 0 }, work: "500 ms" };
  const play = new Rehearsal({ front, desk });
  for (const begin of [1, 11]) {
    play.ask(begin, "desk", { name: "busy" });
    play.ask(begin + 0.2, "front.sell", { name: "paid" });
    play.ask(begin + 0.3, "front.sell", { name: "broke" });
  }
  play.run(60);
  expect(play.endings).toEqual([
    ...["1.3 broke error", "1.5 busy ok", "2.7 paid ok"],
    ...["11.3 broke error", "11.5 busy ok", "12.7 paid ok"], // the 5 tokens had come back
  ]);
});
