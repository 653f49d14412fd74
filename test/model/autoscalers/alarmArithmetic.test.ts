/** Alarms, adjustments and the two ways of scaling by them, trace by trace. */
import { describe, expect, test } from "vitest";
import { MINUTE } from "../../../src/kernel/time.ts";
import {
  adjusted,
  Alarm,
  SimpleScaling,
  StepScaling,
  type Adjustment,
  type AlarmSpec,
  type Rule,
} from "../../../src/model/autoscalers/alarmArithmetic.ts";

const percent = (value: number, least = 0): Adjustment => ({ kind: "percent", value, least });
const change = (value: number): Adjustment => ({ kind: "change", value });
const above = (threshold: number, periods = 1, outOf = periods): AlarmSpec => ({
  side: "above",
  threshold,
  periods,
  outOf,
});
const below = (threshold: number, periods = 1): AlarmSpec => ({
  ...above(threshold, periods),
  side: "below",
});

describe("an alarm", () => {
  test("fires when the last periods breach, not at the threshold itself, and not without data", () => {
    const alarm = new Alarm(above(80, 3));
    const seen = [81, 81, 80, 81, 81, 81, 81, null, 81].map((value) => alarm.look(value));
    expect(seen.map(Number)).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0]);
  });

  test("may ask for some of the last periods only", () => {
    const alarm = new Alarm(above(80, 2, 3));
    const seen = [81, 10, 81, 10, 10, 81].map((value) => alarm.look(value));
    expect(seen.map(Number)).toEqual([0, 0, 1, 0, 0, 0]);
  });
});

describe("an adjustment in percent", () => {
  // as-scaling-simple-step.md: above 1 cut off, between 0 and 1 up to 1, and so below zero.
  test.each([
    { size: 10, by: 25, aws: 12, nearest: 13 },
    { size: 3, by: 10, aws: 4, nearest: 3 },
    { size: 10, by: -66, aws: 4, nearest: 3 },
    { size: 6, by: -25, aws: 5, nearest: 4 }, // 1.5 are to be removed: two, as 1.5 are two to be added
    { size: 3, by: -10, aws: 2, nearest: 3 },
    { size: 4, by: 50, aws: 6, nearest: 6 },
  ])("of $size by $by %", ({ size, by, aws, nearest }) => {
    expect(adjusted(size, percent(by), "aws")).toBe(aws);
    expect(adjusted(size, percent(by), "nearest")).toBe(nearest);
  });

  test("is at least what is said, and never leaves less than nothing", () => {
    expect(adjusted(4, percent(25, 2), "aws")).toBe(6);
    expect(adjusted(4, percent(-25, 2), "aws")).toBe(2);
    expect(adjusted(2, change(-5), "aws")).toBe(0);
    expect(adjusted(9, { kind: "exact", value: 4 }, "aws")).toBe(4);
  });
});

describe("simple scaling", () => {
  const rules: Rule[] = [
    { alarm: above(80, 2), adjustment: change(2), cooldown: 5 * MINUTE },
    { alarm: below(30, 2), adjustment: change(-1), cooldown: 5 * MINUTE },
  ];

  /** Sizes minute by minute; an activity takes so many minutes. */
  const sizes = (values: number[], activity: number) => {
    const scaling = new SimpleScaling(rules, { min: 2, max: 7 }, "aws");
    let size = 4;
    let busyUntil = 0;
    return values.map((value, index) => {
      const minute = index + 1;
      if (minute >= busyUntil) scaling.activityDone(minute * MINUTE);
      const verdict = scaling.look([value, value], size, minute * MINUTE);
      if (verdict === "waiting") return "waits";
      if (verdict !== null) {
        size = verdict.wanted;
        busyUntil = minute + activity;
      }
      return size;
    });
  };

  test("acts once, waits for the activity and for the cool-down after it, and is bounded", () => {
    // Acts at 2; done at 4 and cool until 9; acts again at 9, to 7 instead of 8.
    expect(sizes(Array<number>(10).fill(90), 2)).toEqual([
      4,
      6,
      "waits",
      "waits",
      "waits",
      "waits",
      "waits",
      "waits",
      7,
      "waits",
    ]);
  });

  test("shrinks as it grows", () => {
    expect(sizes([50, 20, 20, 20, 50, 50, 50, 50, 50, 20, 20], 0)).toEqual([
      4,
      4,
      3,
      "waits",
      3,
      3,
      3,
      3,
      3,
      3,
      2,
    ]);
  });

  test("does nothing, and so does not wait, where the bounds leave nothing to do", () => {
    const scaling = new SimpleScaling(rules, { min: 2, max: 4 }, "aws");
    const looks = [1, 2, 3].map((minute) => scaling.look([90, 90], 4, minute * MINUTE));
    expect(looks).toEqual([null, null, null]);
  });
});

describe("step scaling", () => {
  // The guide's example: threshold 60 (out) and 40 (in), ten instances.
  const steps = [
    { from: 0, adjustment: percent(0) },
    { from: 10, adjustment: percent(10) },
    { from: 20, adjustment: percent(30) },
  ];
  const inwards = steps.map(({ from, adjustment }) => ({
    from,
    adjustment: percent(-adjustment.value),
  }));
  const rules = [
    { alarm: above(50), steps },
    { alarm: below(50), steps: inwards },
  ];

  const wanted = (value: number, capacity: number, warm = capacity) => {
    const scaling = new StepScaling(rules, { min: 1, max: 20 });
    return scaling.look([value, value], { capacity, warm })?.wanted ?? capacity;
  };

  test("the distance beyond the threshold picks the step: its bound belongs to the larger one", () => {
    expect([55, 59, 60, 69, 70, 95].map((value) => wanted(value, 10))).toEqual([
      10, 10, 11, 11, 13, 13,
    ]);
    expect([45, 41, 40, 31, 30, 5].map((value) => wanted(value, 10))).toEqual([10, 10, 9, 9, 7, 7]);
  });

  test("instances on their way count towards the adjustment: the same step adds nothing again", () => {
    expect(wanted(60, 11, 10)).toBe(11);
    expect(wanted(75, 11, 10)).toBe(13);
    expect(wanted(75, 13, 10)).toBe(13);
  });

  test("nothing is removed while any warms up", () => {
    expect(wanted(5, 11, 10)).toBe(11);
  });

  test("several policies: the largest growth counts", () => {
    const two = [
      { alarm: above(50), steps: [{ from: 0, adjustment: change(1) }] },
      { alarm: above(5), steps: [{ from: 0, adjustment: change(4) }] },
    ];
    const scaling = new StepScaling(two, { min: 1, max: 20 });
    expect(scaling.look([60, 6], { capacity: 10, warm: 10 })).toMatchObject({
      wanted: 14,
      rule: 1,
    });
  });
});
