import { expect, test } from "vitest";
import { emptyQueue } from "../../support/queue.ts";

test("more than the threshold waiting: the newest is served; no more: the oldest", () => {
  const queue = emptyQueue("adaptive-lifo", { threshold: 2 });
  for (const call of [1, 2, 3, 4]) queue.push(call);
  expect([queue.shift(), queue.shift(), queue.shift(), queue.shift()]).toEqual([4, 3, 1, 2]);
});
