import { expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../../src/kernel/time.ts";
import { formula } from "../../../src/model/rates/formula.ts";
import { UnusableRate } from "../../../src/model/rates/rate.ts";
import { arrivalsContext } from "../../support/arrivals.ts";

const parse = (of: string, unit = "rps") => formula.schema.safeParse({ kind: "formula", of, unit });

const curveOf = (of: string, unit = "rps", duration = 10 * MINUTE) =>
  formula.create(parse(of, unit).data!, arrivalsContext("formula", duration));

test("a straight line is met exactly, between the instants of evaluation too", () => {
  const curve = curveOf("100 + 2 * t");
  expect([0, 0.25, 10, 599].map((time) => curve.at(time * SECOND))).toEqual([
    100, 100.5, 120, 1298,
  ]);
  expect(curve.advance(0, 10 * 100 + 10 ** 2)).toBeCloseTo(10 * SECOND, 3);
});

test("a sine is met within what straight lines of a second can do", () => {
  const curve = curveOf("1200 * (1 + 0.4 * sin(2 * pi * t / 3600))", "rps", HOUR);
  // At most an eighth of the second derivative away: 480 · (2π / 3600)² / 8 < 0.0002.
  for (const time of [0.5, 300.5, 900.5, 2700.5])
    expect(curve.at(time * SECOND)).toBeCloseTo(1200 + 480 * Math.sin((Math.PI * time) / 1800), 3);
});

test("a run shorter than a thousand seconds is evaluated a thousand times", () => {
  const curve = curveOf("100 * t * t", "rps", 10 * SECOND);
  expect(curve.at(0.01 * SECOND)).toBeCloseTo(0.01, 9); // not on the line from 0 to 100 at 1 s
});

test.each([
  ["rps", 60],
  ["/s", 60],
  ["/min", 1],
  ["/h", 1 / 60],
])("60 in %s is %d a second", (unit, perSecond) => {
  expect(curveOf("60", unit).at(0)).toBeCloseTo(perSecond, 12);
});

test("after the run the last rate holds", () => {
  expect(curveOf("t").at(20 * MINUTE)).toBe(600);
});

test("a formula that cannot be read is refused with what is wrong", () => {
  const issues = parse("800 + 2 * x").error!.issues;
  expect(issues.map(({ path }) => path)).toEqual([["of"]]);
  expect(issues[0]!.message).toContain("x");
});

test.each([
  ["40 - t", '"40 - t" is -0.4 at t = 40.4; expected 0 or more throughout the run'],
  ["log(0 - t)", '"log(0 - t)" is -Infinity at t = 0; expected 0 or more throughout the run'],
  ["1 / (t - 30)", '"1 / (t - 30)" is -0.0333333 at t = 0; expected 0 or more throughout the run'],
  ["0 / 0", '"0 / 0" is NaN at t = 0; expected 0 or more throughout the run'],
])("%s is refused when the run is known", (of, message) => {
  expect(() => curveOf(of, "rps", 404 * SECOND)).toThrow(new UnusableRate(message));
});
