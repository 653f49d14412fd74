import { describe, expect, test } from "vitest";
import { grid, latinHypercube, parseAxis, type Axis } from "../../src/experiment/axes.ts";

const valuesOf = (text: string) => (parseAxis(text) as Axis).values;

describe("an axis", () => {
  test.each([
    ["a.b=4..16:4", ["4", "8", "12", "16"]],
    ["a.b=1..3", ["1", "2", "3"]],
    ["a.b=1..1000:x10", ["1", "10", "100", "1000"]],
    ["a.b=1..1000:log4", ["1", "10", "100", "1000"]],
    ["a.b=1..100:log4", ["1", "5", "22", "100"]], // 4.64 and 21.5 in whole numbers
    ["a.b=0.1..0.3:0.1", ["0.1", "0.2", "0.3"]],
    ["a.b=100 ms..300 ms:100 ms", ["100 ms", "200 ms", "300 ms"]],
    ["a.b=50..70 rps:10", ["50 rps", "60 rps", "70 rps"]],
    ["a.b=40%..60%:10%", ["40 %", "50 %", "60 %"]],
    ["a.b=random, round-robin", ["random", "round-robin"]],
    ["a.b=[1, 2],{ kind: x, y: 3 }", ["[1, 2]", "{ kind: x, y: 3 }"]],
  ])("%s takes %j", (text, values) => expect(valuesOf(text)).toEqual(values));

  test.each([
    ["a.b", "expected path=values"],
    ["=1..2", "expected path=values"],
    ["a.b=5..1", "must rise"],
    ["a.b=1 s..5 ms", "same unit"],
    ["a.b=0..5:x2", "cannot grow"],
    ["a.b=1..5:x1", "factor above 1"],
    ["a.b=1..5:0", "step above 0"],
    ["a.b=0..99999999", "more than"],
  ])("is refused: %s, as it %s", (text, why) => expect(parseAxis(text)).toContain(why));
});

const axes = ["a=1..10", "b=x,y"].map((text) => parseAxis(text) as Axis);

test("a grid has every combination once, the last axis fastest", () => {
  const cells = grid(axes);
  expect(new Set(cells.map(String)).size).toBe(20);
  expect(cells.slice(0, 3)).toEqual([["1", "x"], ["1", "y"], ["2", "x"]]); // prettier-ignore
});

test("a Latin hypercube uses every stretch of every axis once, and its luck is the seed's", () => {
  const cells = latinHypercube(axes, 10, "1");
  expect(cells.map(([a]) => Number(a)).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  expect(cells.filter(([, b]) => b === "x")).toHaveLength(5);
  expect(latinHypercube(axes, 10, "1")).toEqual(cells);
  expect(latinHypercube(axes, 10, "2")).not.toEqual(cells);
});
