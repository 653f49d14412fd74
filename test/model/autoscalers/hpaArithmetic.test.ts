/** How many pods the HorizontalPodAutoscaler wants, row by row. */
import { describe, expect, test } from "vitest";
import {
  desiredFor,
  desiredForAverage,
  desiredForValue,
  desiredPods,
  highest,
  meanTarget,
  type Pod,
} from "../../../src/model/autoscalers/hpaArithmetic.ts";

const usual = { up: 0.1, down: 0.1 };
const exact = { up: 0, down: 0 };

const pods = (count: number, usage: number | null, ignored = false): Pod[] =>
  Array.from({ length: count }, () => ({ usage, ignored }));

const desired = (seen: readonly Pod[], target: number, current = seen.length) =>
  desiredPods(seen, current, target, usual)?.desired ?? null;

describe("pods wanted", () => {
  // kubernetes/website, horizontal-pod-autoscale.md (doubling, halving); Kubernetes blog, 2025-04-28
  test.each([
    { current: 10, percent: 200, target: 100, wanted: 20 },
    { current: 10, percent: 50, target: 100, wanted: 5 },
    { current: 50, percent: 90, target: 75, wanted: 60 },
    { current: 3, percent: 90, target: 75, wanted: 4 },
    { current: 4, percent: 105, target: 100, wanted: 4 },
    { current: 7, percent: 33, target: 60, wanted: 4 },
    { current: 12, percent: 66, target: 60, wanted: 12 },
    { current: 5, percent: 131, target: 100, wanted: 7 },
    { current: 4, percent: 180, target: 60, wanted: 12 },
  ])("$current at $percent % of $target % are $wanted", ({ current, percent, target, wanted }) => {
    expect(desired(pods(current, percent / 100), target)).toBe(wanted);
  });

  test("the tolerance holds up to its edges: 0.9 and 1.1 of the target keep the number", () => {
    expect([89, 90, 110, 111].map((percent) => desired(pods(10, percent / 100), 100))).toEqual([
      9, 10, 10, 12,
    ]);
  });

  test("utilisation is a whole percent, cut off: every share counts as the percent it says", () => {
    // 0.29 * 100 is 28.999… in doubles, and still 29 %.
    for (let percent = 1; percent <= 100; percent++)
      expect(desiredPods(pods(100, percent / 100), 100, 1, exact)!.desired).toBe(100 * percent);
    expect(desired(pods(10, 0.6099), 50)).toBe(12); // 60 % of 50 %; 61 % would want 13
    expect(desired(pods(10, 0.5599), 50)).toBe(10); // 55 %: within the tolerance
  });

  test("an average is taken over pods, not of their ratios", () => {
    expect(desired([...pods(1, 1), ...pods(3, 0.2)], 20)).toBe(8); // 40 % of 20 %
  });

  test("without any metric nothing is decided", () => {
    expect(desired(pods(3, null), 50)).toBeNull();
    expect(desired(pods(3, 0.9, true), 50)).toBeNull();
  });
});

describe("pods of which nothing is known", () => {
  test("count as idle before growing", () => {
    // 3 at 100 % of 50 %: ratio 2; with one at 0: 75 % of 50 % = 1.5, ⌈1.5 * 4⌉ = 6 instead of 8.
    expect(desired([...pods(3, 1), ...pods(1, null)], 50)).toBe(6);
  });

  test("count as fully used before shrinking", () => {
    // 3 at 20 % of 50 %; with one at 100 %: 40 % of 50 % = 0.8, ⌈0.8 * 4⌉ = 4 instead of 2.
    expect(desired([...pods(3, 0.2), ...pods(1, null)], 50)).toBe(4);
    // 9 at 10 %, one at 100 %: 19 % of 50 %, ⌈0.38 * 10⌉ = 4 instead of 2.
    expect(desired([...pods(9, 0.1), ...pods(1, null)], 50)).toBe(4);
  });

  test("change nothing where that would turn the direction round", () => {
    // 3 at 40 % of 50 %: shrink; with one at 100 %: 55 % of 50 %: grow.
    expect(desired([...pods(3, 0.4), ...pods(1, null)], 50)).toBe(4);
    // 3 at 60 % of 50 %: grow; with one at 0 %: 45 % of 50 %, within the tolerance.
    expect(desired([...pods(3, 0.6), ...pods(1, null)], 50)).toBe(4);
  });

  test("change nothing where the direction would turn beyond the tolerance", () => {
    // 2 at 40 % of 50 %: shrink; with two at 100 %: 70 % of 50 %, ⌈1.4 * 4⌉ = 6.
    expect(desired([...pods(2, 0.4), ...pods(2, null)], 50)).toBe(4);
    // 2 at 60 % of 50 %: grow; with two at 0: 30 % of 50 %, ⌈0.6 * 4⌉ = 3.
    expect(desired([...pods(2, 0.6), ...pods(2, null)], 50)).toBe(4);
  });

  test("keep small growth within the tolerance", () => {
    // 10 at 60 % of 50 % alone would want 12; with one at 0: 54 % of 50 % = 1.08.
    expect(desired([...pods(10, 0.6), ...pods(1, null)], 50)).toBe(11);
    expect(desired([...pods(10, 0.6), ...pods(1, 1, true)], 50)).toBe(11);
  });

  test("leave those that are not ready out before shrinking", () => {
    // 4 at 40 % and one at 100 %: 52 % of 50 %. With five more at 0 it would be 26 %.
    const seen = [...pods(4, 0.4), ...pods(1, null), ...pods(5, null, true)];
    expect(desired(seen, 50)).toBe(10);
  });

  test("change nothing where the others are exactly on target", () => {
    expect(desired([...pods(3, 0.5), ...pods(3, null)], 50)).toBe(6);
    expect(desired([...pods(4, 0.5), ...pods(1, null), ...pods(4, null, true)], 50)).toBe(9);
  });

  test("never push the number against the direction", () => {
    // The scale target asks for 9 already, 4 exist: 3 at 100 % of 50 % want 6, which is fewer than 9.
    expect(desired([...pods(3, 1), ...pods(1, null)], 50, 9)).toBe(9);
    // It asks for 2, 10 exist: 9 at 20 % and one at 100 % are 28 % of 50 %, ⌈0.56 * 10⌉ = 6.
    expect(desired([...pods(9, 0.2), ...pods(1, null)], 50, 2)).toBe(2);
  });
});

describe("pods that are not ready", () => {
  test("count as idle before growing", () => {
    // 4 at 100 % of 50 %; with four at 0: 50 % of 50 %: enough are coming.
    expect(desired([...pods(4, 1), ...pods(4, null, true)], 50)).toBe(8);
    // 4 at 180 % of 60 % with 4 coming: 90 % of 60 % = 1.5, ⌈1.5 * 8⌉ = 12.
    expect(desired([...pods(4, 1.8), ...pods(4, null, true)], 60)).toBe(12);
  });

  test("are left out before shrinking: the ready ones alone decide", () => {
    expect(desired([...pods(4, 0.2), ...pods(4, null, true)], 50)).toBe(2);
  });

  test("are not counted by what they use", () => {
    expect(desired([...pods(4, 0.2), ...pods(4, 1, true)], 50)).toBe(2);
  });
});

test("the journal says which rule decided", () => {
  const why = (seen: readonly Pod[], current = seen.length) =>
    desiredPods(seen, current, 50, usual)!.arithmetic;
  expect(why(pods(4, 0.5))).toBe("4 ready at 50 % of 50 %: within tolerance");
  expect(why([...pods(4, 0.5), ...pods(1, 1, true)])).toMatch(/50 %: within tolerance$/);
  expect(why([...pods(4, 0.2), ...pods(1, 1, true)])).toBe("4 ready at 20 % of 50 % → ⌈1.6⌉ = 2");
  const unknown = "1 without metric, 0 not ready";
  expect(why([...pods(3, 0.4), ...pods(1, null)])).toBe(
    `3 ready at 40 % of 50 %, ${unknown}: no clear direction`,
  );
  expect(why([...pods(3, 1), ...pods(1, null)], 9)).toBe(
    `3 ready at 100 % of 50 %, ${unknown}: would go the other way`,
  );
  // As many as there are is no turn: 3 at 20 % and one at 100 % are 40 % of 50 %; 3 at 100 % want 6.
  expect(why([...pods(3, 0.2), ...pods(1, null)])).toMatch(/⌈3.2⌉ = 4$/);
  expect(why([...pods(3, 1), ...pods(1, null)], 6)).toMatch(/⌈6⌉ = 6$/);
});

describe("other metrics than utilisation", () => {
  const show = (value: number) => String(value);
  const shown = { tolerance: usual, show };
  const mean = (seen: readonly Pod[], target: number, current = seen.length) =>
    desiredFor(seen, current, meanTarget(target, show), usual)?.desired ?? null;

  test("a mean over pods counts in thousandths, and a missing pod as on target before shrinking", () => {
    expect(mean(pods(4, 180), 60)).toBe(12);
    expect(mean(pods(4, 66), 60)).toBe(4);
    // 66.0009 is cut to 66.000, still within the tolerance; 66.001 is not.
    expect([66.0009, 66.001].map((value) => mean(pods(4, value), 60))).toEqual([4, 5]);
    // 3 at 20 of 50; with one at 50: 27.5 of 50 = 0.55, ⌈0.55 * 4⌉ = 3 instead of 2.
    expect(mean([...pods(3, 20), ...pods(1, null)], 50)).toBe(3);
    // Before growing it counts as nothing: 75 of 50, ⌈1.5 * 4⌉ = 6 instead of 8.
    expect(mean([...pods(3, 100), ...pods(1, null)], 50)).toBe(6);
  });

  test("a Value is in proportion to ready pods", () => {
    const wanted = (value: number) =>
      desiredForValue(value, 100, { current: 5, ready: 4 }, shown).desired;
    expect([109, 111, 250, 91, 89].map(wanted)).toEqual([5, 5, 10, 5, 4]);
    const { arithmetic } = desiredForValue(109, 100, { current: 5, ready: 4 }, shown);
    expect(arithmetic).toBe("4 ready at 109 of 100: within tolerance");
  });

  test("an AverageValue is so much for each pod", () => {
    const wanted = (total: number) => desiredForAverage(total, 10, 4, shown).desired;
    expect([44, 45, 91, 36, 35, 0].map(wanted)).toEqual([4, 5, 10, 4, 4, 0]);
    expect(desiredForAverage(44, 10, 4, shown).arithmetic).toBe("44 at 10 a pod: within tolerance");
    // One decimal would not say why it is not 7.
    expect(desiredForAverage(260, 37, 3, shown).arithmetic).toBe("260 at 37 a pod → ⌈7.03⌉ = 8");
  });

  test("of several the highest counts; an unknown one forbids shrinking, not growing", () => {
    const wants = (desired: number) => ({ desired, arithmetic: "" });
    expect(highest([wants(3), wants(7), wants(5)], 4)?.desired).toBe(7);
    expect(highest([wants(3), null], 4)).toBeNull();
    expect(highest([wants(7), null], 4)?.desired).toBe(7);
    expect(highest([null, null], 4)).toBeNull();
    expect(highest([wants(4), null], 4)?.desired).toBe(4);
    expect(highest([wants(2), wants(3)], 4)?.desired).toBe(3);
    const [first, second] = [wants(7), wants(7)];
    expect(highest([first, second], 4)).toBe(first);
  });
});
