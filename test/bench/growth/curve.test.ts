import { describe, expect, test } from "vitest";
import { judge, shown, type Curve } from "../../../bench/growth/curve.ts";
import { curves } from "../../../bench/growth/index.ts";

const curve: Curve = { title: "sizes", unit: "ns", sizes: [10, 100], measure: () => 0 };

describe("a verdict on a curve", () => {
  test("compares the figures at two sizes", () => {
    const bounded = { ...curve, bound: { size: 100, against: 10, ratio: 3 } };
    expect(judge(bounded, [20, 60])).toEqual({
      met: true,
      text: "100 against 10 at most x3: x3.00",
    });
    expect(judge(bounded, [20, 61])?.met).toBe(false);
  });

  test("holds the largest figure against a ceiling", () => {
    const bounded = { ...curve, bound: { most: 300 } };
    expect(judge(bounded, [20, 300])?.met).toBe(true);
    expect(judge(bounded, [301, 20])).toEqual({ met: false, text: "at most 300 ns: 301" });
  });

  test("is not given where nothing is bounded or a size was not measured", () => {
    expect(judge(curve, [1, 2])).toBeNull();
    expect(judge({ ...curve, bound: { size: 1000, against: 10, ratio: 3 } }, [1, 2])).toBeNull();
  });
});

test("small figures are shown with two decimals", () => {
  expect([0, 0.126, 9.99, 10.4, 1234.5].map(shown)).toEqual(["0", "0.13", "9.99", "10", "1235"]);
});

describe("every curve", () => {
  test("has a title of its own", () => {
    expect(new Set(curves.map(({ title }) => title)).size).toBe(curves.length);
  });

  // Those that need flags of Node can only be measured in a process of their own.
  test.each(curves.filter(({ fresh = [] }) => fresh.length === 0))(
    "$title: has a figure",
    (each) => {
      const figure = each.measure(each.sizes[0]!, true);
      expect(figure).toBeGreaterThan(0);
      expect(figure).toBeLessThan(Infinity);
    },
  );
});
