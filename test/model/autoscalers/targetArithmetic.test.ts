/** Target tracking, minute by minute. */
import { expect, test } from "vitest";
import { proportional, TargetTracking } from "../../../src/model/autoscalers/targetArithmetic.ts";

const rule = { target: 50, periodsOut: 3, periodsIn: 15, lower: 0.9 };
const bounds = { min: 2, max: 12 };

/** Sizes for values of one metric, minute by minute; new instances are warm at once. */
function sizes(values: readonly (number | null)[], first: number, shrinks = true): number[] {
  const tracking = new TargetTracking([rule], bounds, shrinks);
  let size = first;
  return values.map((value) => {
    size = tracking.look([value], { capacity: size, warm: size })?.wanted ?? size;
    return size;
  });
}

const minutes = (count: number, value: number) => Array<number>(count).fill(value);

test("grows in proportion at the third minute above the target", () => {
  // 4 × 80 / 50 = 6.4
  expect(sizes([80, 80, 80, 50], 4)).toEqual([4, 4, 7, 7]);
});

test("at the target, or with a minute missing, nothing happens", () => {
  expect(sizes([80, 80, 50, 80, 80, null, 80, 80], 4)).toEqual(minutes(8, 4));
});

test("shrinks after fifteen minutes below nine tenths of the target", () => {
  // 10 × 30 / 50 = 6; then 6 × 44 / 50 = 5.3, of which no whole instance can go.
  expect(sizes([...minutes(15, 30), ...minutes(15, 44)], 10)).toEqual([
    ...minutes(14, 10),
    ...minutes(16, 6),
  ]);
  expect(sizes(minutes(15, 45), 10)).toEqual(minutes(15, 10));
});

test("is bounded, and shrinks not at all where it may not", () => {
  expect(sizes(minutes(3, 100), 10).at(-1)).toBe(12);
  expect(sizes(minutes(15, 0), 10).at(-1)).toBe(2);
  expect(sizes(minutes(30, 0), 10, false).at(-1)).toBe(10);
});

test("instances that warm up are no reason to add more, and nothing is removed meanwhile", () => {
  const look = (value: number, count: number, size: { capacity: number; warm: number }) => {
    const tracking = new TargetTracking([rule], bounds, true);
    return minutes(count, value)
      .map((each) => tracking.look([each], size)?.wanted ?? null)
      .at(-1);
  };
  expect(look(80, 3, { capacity: 7, warm: 4 })).toBeNull(); // 6.4: the seven are on their way
  expect(look(100, 3, { capacity: 7, warm: 4 })).toBe(8);
  expect(look(10, 15, { capacity: 7, warm: 4 })).toBeNull();
});

test("of several metrics any grows it, and all must agree to shrink it", () => {
  const tracking = new TargetTracking([rule, { ...rule, target: 100 }], bounds, true);
  const size = { capacity: 10, warm: 10 };
  const play = (count: number, pair: number[]) =>
    minutes(count, 0)
      .map(() => tracking.look(pair, size)?.wanted ?? null)
      .at(-1);
  expect(play(3, [55, 10])).toBe(11);
  expect(play(20, [30, 95])).toBeNull();
  expect(play(20, [30, 80])).toBe(8);
});

test("a proportion that is whole stays whole in doubles", () => {
  expect(proportional(10, 0.6 * 1.1, 0.66)).toBe(10);
  expect(proportional(3, 0.1 + 0.2, 0.3)).toBe(3);
});
