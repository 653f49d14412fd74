import { expect, test } from "vitest";
import { TimeAverage } from "../../src/statistics/timeAverage.ts";

test("a level is averaged over the time it lasts, not over its changes", () => {
  const queue = new TimeAverage();
  queue.set(4, 10);
  queue.add(-3, 20);
  // 10 ns of 0, 10 ns of 4, 20 ns of 1.
  expect(queue.area(40)).toBe(60);
  expect(queue.mean(40)).toBe(1.5);
  expect(queue.level).toBe(1);
});

test("a peak counts even if it lasts no time", () => {
  const queue = new TimeAverage();
  queue.set(7, 5);
  queue.set(0, 5);
  expect(queue.max).toBe(7);
  expect(queue.mean(10)).toBe(0);
});

test("a new window starts from the level there is", () => {
  const queue = new TimeAverage(2);
  queue.set(6, 10);
  queue.set(3, 15);
  queue.restart(20);
  expect(queue.max).toBe(3);
  expect(queue.mean(30)).toBe(3);
});

test("there is no mean before time has passed, and none of the past", () => {
  const queue = new TimeAverage(1, 100);
  expect(queue.mean(100)).toBeNull();
  expect(() => queue.set(2, 99)).toThrow("time runs forward");
});
