import { expect, test } from "vitest";
import { emptyQueue } from "../../support/queue.ts";

test("calls are served in the order they came", () => {
  const queue = emptyQueue("fifo");
  for (const call of [3, 1, 2]) queue.push(call);
  expect([queue.shift(), queue.shift()]).toEqual([3, 1]);
  queue.push(7);
  expect([queue.shift(), queue.shift()]).toEqual([2, 7]);
});
