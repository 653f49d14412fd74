import { describe, expect, test } from "vitest";
import {
  betaQuantile,
  normalQuantile,
  studentProbability,
  studentQuantile,
} from "../../src/statistics/student.ts";

function expectRelative(found: number, value: number): void {
  expect(Math.abs(found / value - 1)).toBeLessThan(1e-9);
}

const LEVELS = [0.6, 0.9, 0.975, 0.995, 0.9995];

describe("Student's quantile", () => {
  test("with one degree of freedom is Cauchy's", () => {
    for (const p of LEVELS) expectRelative(studentQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)));
  });

  test("with two degrees of freedom has the known closed form", () => {
    for (const p of LEVELS) {
      expectRelative(studentQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)));
    }
  });

  // Published tables carry three decimals; the further ones are from R's qt.
  test.each([
    [0.975, 5, 2.5705818356],
    [0.975, 9, 2.2621571628],
    [0.975, 10, 2.228138852],
    [0.975, 29, 2.0452296421],
    [0.9995, 10, 4.5868938587],
    [0.9995, 29, 3.6594050195],
    [0.95, 120, 1.6576508994],
  ])("at %d with %d degrees of freedom is %d", (p, freedom, value) => {
    expectRelative(studentQuantile(p, freedom), value);
  });

  test("with very many degrees of freedom is the normal quantile", () => {
    expect(studentQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 6);
  });

  test("is refused where there is none", () => {
    for (const p of [0, 1, -0.1, 1.1])
      expect(() => studentQuantile(p, 5)).toThrow("a probability between 0 and 1");
    expect(() => studentQuantile(0.9, 0.5)).toThrow("at least one degree of freedom");
  });

  test("is symmetrical", () => {
    expect(studentQuantile(0.1, 7)).toBe(-studentQuantile(0.9, 7));
    expect(studentQuantile(0.5, 7)).toBe(0);
  });
});

test("the normal quantile has the values of its table", () => {
  expectRelative(normalQuantile(0.975), 1.959963984540054);
  expectRelative(normalQuantile(0.9995), 3.290526731491926);
  expectRelative(normalQuantile(0.1), -1.2815515655446004);
  for (const p of [0, 1, -0.1, 1.1])
    expect(() => normalQuantile(p)).toThrow("a probability between 0 and 1");
});

test("the beta quantile with a parameter of one is a root", () => {
  expectRelative(betaQuantile(0.3, 4, 1), 0.3 ** 0.25);
  expectRelative(betaQuantile(0.3, 1, 4), 1 - 0.7 ** 0.25);
});

test("Student's probability undoes the quantile, on both sides", () => {
  for (const p of [0.01, 0.3, ...LEVELS])
    expect(studentProbability(studentQuantile(p, 6), 6)).toBeCloseTo(p, 9);
});
