import { expect, test } from "vitest";
import { emptyQueue } from "../../support/queue.ts";

const inTens = { priority: (call: number) => Math.floor(call / 10) };

test("the most urgent class is served first, each in order of coming", () => {
  const queue = emptyQueue("priority", {}, inTens);
  for (const call of [5, 3, 22, 14, 21]) queue.push(call);
  expect(Array.from({ length: 5 }, () => queue.shift())).toEqual([22, 21, 14, 5, 3]);
  expect(queue.interrupts).toBe(null);
});

test("an interrupted call waits ahead of its equals and behind the more urgent", () => {
  const queue = emptyQueue("priority", { preemptive: true }, inTens);
  for (const call of [12, 20]) queue.push(call);
  queue.interrupts!.putBack(17);
  expect([queue.shift(), queue.shift(), queue.shift()]).toEqual([20, 17, 12]);
  const urgency = (call: number) => queue.interrupts!.urgency(call, 1);
  expect(urgency(20)).toBeGreaterThan(urgency(19));
  expect(urgency(20)).toBe(urgency(25));
});
