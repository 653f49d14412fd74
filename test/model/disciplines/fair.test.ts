import { expect, test } from "vitest";
import { emptyQueue } from "../../support/queue.ts";

const inTens = { requestClass: (call: number) => Math.floor(call / 10) };

test("classes that wait are served in turn, however many calls of one wait", () => {
  const queue = emptyQueue("fair", {}, inTens);
  for (const call of [1, 2, 3, 4, 11, 21, 22]) queue.push(call);
  expect(Array.from({ length: 7 }, () => queue.shift())).toEqual([1, 11, 21, 2, 22, 3, 4]);
});

test("a class that begins to wait takes its turn after the others", () => {
  const queue = emptyQueue("fair", {}, inTens);
  for (const call of [1, 2, 3, 11, 12]) queue.push(call);
  expect(queue.shift()).toBe(1);
  queue.push(21); // the round is now: class 1, class 0, class 2
  expect(Array.from({ length: 5 }, () => queue.shift())).toEqual([11, 2, 21, 12, 3]);
});
