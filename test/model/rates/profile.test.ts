import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { profile } from "../../../src/model/rates/profile.ts";
import { arrivalsContext } from "../../support/arrivals.ts";

type Row = [time: string, rate: string];

const parse = (points: Row[], interpolation?: string) =>
  profile.schema.safeParse({ kind: "profile", points, ...(interpolation && { interpolation }) });

function curveOf(points: Row[], interpolation?: string) {
  return profile.create(parse(points, interpolation).data!, arrivalsContext("profile"));
}

test("between two points the rate is on the straight line that joins them", () => {
  const curve = curveOf([["0 s", "10 rps"], ["10 s", "30 rps"]]); // prettier-ignore
  expect([0, 2.5, 5, 10].map((time) => curve.at(time * SECOND))).toEqual([10, 15, 20, 30]);
});

test("before the first point its rate holds, after the last one the last", () => {
  const curve = curveOf([["4 s", "2 rps"], ["8 s", "6 rps"]]); // prettier-ignore
  expect([0, 3, 9, 100].map((time) => curve.at(time * SECOND))).toEqual([2, 2, 6, 6]);
  expect(curve.advance(0, 8)).toBe(4 * SECOND);
  expect(curve.advance(8 * SECOND, 12)).toBe(10 * SECOND);
});

test("in steps, a point's rate holds until the next", () => {
  const curve = curveOf([["0 s", "10 rps"], ["5 s", "2 rps"]], "step"); // prettier-ignore
  expect([0, 4.9, 5, 60].map((time) => curve.at(time * SECOND))).toEqual([10, 10, 2, 2]);
  expect(curve.advance(0, 54)).toBe(7 * SECOND); // 50 by 5 s, then 4 more at 2 a second
});

test("two points at the same instant make a jump", () => {
  const curve = curveOf([["0 s", "1 rps"], ["3 s", "1 rps"], ["3 s", "20 rps"]]); // prettier-ignore
  expect([2.9, 3, 4].map((time) => curve.at(time * SECOND))).toEqual([1, 20, 20]);
  expect(curve.advance(2 * SECOND, 11)).toBe(3.5 * SECOND); // 1 by 3 s, then 10 at 20 a second
});

test("on a ramp from nothing the time to a mass is a square root", () => {
  const curve = curveOf([["0 s", "0 rps"], ["10 s", "20 rps"]]); // prettier-ignore
  // The rate is 2t, so t² have come by t.
  for (const seconds of [1, 2, 3, 10])
    expect(curve.advance(0, seconds ** 2)).toBeCloseTo(seconds * SECOND, 3);
  expect(curve.advance(3 * SECOND, 16)).toBeCloseTo(5 * SECOND, 3);
});

test("on a ramp down to nothing the last arrival is the last", () => {
  const curve = curveOf([["0 s", "20 rps"], ["10 s", "0 rps"]]); // prettier-ignore
  expect(curve.advance(0, 75)).toBeCloseTo(5 * SECOND, 3); // (20 + 10) / 2 · 5
  expect(curve.advance(0, 100)).toBeCloseTo(10 * SECOND, 0);
  expect(curve.advance(0, 100.001)).toBe(Infinity);
  expect(curve.advance(11 * SECOND, 0.001)).toBe(Infinity);
});

test("nothing comes in a stretch at rate zero, and what was due at its beginning comes then", () => {
  const curve = curveOf([["0 s", "4 rps"], ["2 s", "0 rps"], ["6 s", "10 rps"]], "step"); // prettier-ignore
  expect(curve.advance(0, 8)).toBe(2 * SECOND);
  expect(curve.advance(0, 9)).toBe(6.1 * SECOND);
  expect(curve.advance(3 * SECOND, 1)).toBe(6.1 * SECOND);
});

test("points out of order are refused, at the time that is too early", () => {
  const issues = parse([["5 s", "1 rps"], ["4 s", "1 rps"], ["6 s", "1 rps"]]).error!.issues; // prettier-ignore
  expect(issues.map(({ path }) => path)).toEqual([["points", 1, 0]]);
  expect(issues[0]!.message).toMatch(/in order of time/);
});

test("no point at all is refused", () => {
  expect(parse([]).success).toBe(false);
});
