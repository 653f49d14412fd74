import { expect, test } from "vitest";
import { emptyQueue } from "../../support/queue.ts";

test("the call that came last is served first", () => {
  const queue = emptyQueue("lifo");
  for (const call of [3, 1, 2]) queue.push(call);
  expect([queue.shift(), queue.shift()]).toEqual([2, 1]);
  queue.push(7);
  expect([queue.shift(), queue.shift()]).toEqual([7, 3]);
});
