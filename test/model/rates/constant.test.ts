import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { constant } from "../../../src/model/rates/constant.ts";
import { arrivalsContext } from "../../support/arrivals.ts";

test("at 4 a second an arrival takes a quarter of a second", () => {
  const curve = constant.create({ value: 4 }, arrivalsContext("constant"));
  expect(curve.at(0)).toBe(4);
  expect(curve.advance(10 * SECOND, 1)).toBe(10.25 * SECOND);
});

test("at no arrivals a second the next never comes", () => {
  const curve = constant.create({ value: 0 }, arrivalsContext("constant"));
  expect(curve.advance(10 * SECOND, 0.001)).toBe(Infinity);
});
