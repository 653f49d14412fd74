/** The arithmetic of the HorizontalPodAutoscaler, row by row and trace by trace. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import {
  Behaviour,
  desiredFor,
  desiredForAverage,
  desiredForValue,
  desiredPods,
  highest,
  meanTarget,
  WithoutBehaviour,
  type Direction,
  type Pod,
  type Policy,
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

const percent = (value: number, seconds: number): Policy => ({
  kind: "percent",
  value,
  period: seconds * SECOND,
});
const fixed = (value: number, seconds: number): Policy => ({
  kind: "pods",
  value,
  period: seconds * SECOND,
});
const direction = (policies: Policy[], seconds = 0, select: Direction["select"] = "max") => ({
  window: seconds * SECOND,
  policies,
  select,
});

const usualUp = direction([percent(100, 15), fixed(4, 15)]);
const usualDown = direction([percent(100, 15)], 300);

/** Sizes after each decision, the wish for each given; the first at 0. */
function trace(
  {
    up = usualUp,
    down = usualDown,
    every = 15,
  }: { up?: Direction; down?: Direction; every?: number },
  start: number,
  wishes: readonly number[],
): number[] {
  const behaviour = new Behaviour(up, down);
  let size = start;
  return wishes.map((wish, turn) => {
    const now = turn * every * SECOND;
    const { pods: next } = behaviour.limit(size, wish, now);
    if (next !== size) behaviour.changed(size, next, now);
    return (size = next);
  });
}

/** The same without a behaviour: 300 s of recommendations, and double or four at a sync. */
function plainTrace(start: number, wishes: readonly number[]): number[] {
  const rule = new WithoutBehaviour(300 * SECOND);
  let size = start;
  return wishes.map((wish, turn) => (size = rule.limit(size, wish, turn * 15 * SECOND).pods));
}

const times = (count: number, wish: number) => new Array<number>(count).fill(wish);

// kubernetes/kubernetes, horizontal.go: normalizeDesiredReplicas and convertDesiredReplicasWithRules.
describe("without a behaviour", () => {
  test("a sync leads at most to double or to four", () => {
    expect(plainTrace(4, times(2, 12))).toEqual([8, 12]);
    expect(plainTrace(1, times(6, 99))).toEqual([4, 8, 16, 32, 64, 99]);
    expect(plainTrace(3, times(2, 6))).toEqual([6, 6]);
  });

  test("the most that was wanted in 300 s counts", () => {
    // The size found at 0 counts too; at 300 s that is forgotten, and nothing limits the way down.
    expect(plainTrace(12, times(21, 1))).toEqual([...times(20, 12), 1]);
    // The wish for 9 of 15 s lasts to 300 s, that for 5 of 30 s to 315 s.
    expect(plainTrace(5, [5, 9, 5, ...times(19, 2)])).toEqual([5, ...times(20, 9), 5]);
  });

  test("and for growth too: what a wish was cut by is granted later, though less is wanted then", () => {
    expect(plainTrace(4, [12, 8, 8])).toEqual([8, 12, 12]);
  });

  test("what held the wish is told with its sum", () => {
    const rule = new WithoutBehaviour(300 * SECOND);
    expect(rule.limit(4, 12, 0)).toEqual({ pods: 8, note: ", at most max(2 · 4, 4) = 8 at once" });
    expect(rule.limit(8, 8, SECOND)).toEqual({ pods: 12, note: ", steadied to 12" });
    const note = ", steadied to 12, at most max(2 · 5, 4) = 10 at once";
    expect(rule.limit(5, 5, 2 * SECOND)).toEqual({ pods: 10, note });
  });

  test("a step of load up and down again, minute by minute", () => {
    // The load of the same test with policies: 100 percent-pods, 600 from 60 s, 150 from 240 s.
    const rule = new WithoutBehaviour(300 * SECOND);
    const changes: [number, number][] = [];
    let size = 2;
    for (let time = 0; time <= 900; time += 15) {
      const load = time < 60 ? 100 : time < 240 ? 600 : 150;
      const wish = desiredPods(pods(size, load / size / 100), size, 50, usual)!.desired;
      const next = Math.min(20, Math.max(2, rule.limit(size, wish, time * SECOND).pods));
      if (next !== size) changes.push([time, (size = next)]);
    }
    // 60: ⌈2 · 300/50⌉ = 12, but at most max(2 · 2, 4) = 4; 75: ⌈4 · 150/50⌉ = 12, at most 8; 90: 12.
    // The last wish for 12 is of 225, so 525 is free.
    expect(changes).toEqual([
      [60, 4],
      [75, 8],
      [90, 12],
      [525, 3],
    ]);
  });
});

describe("policies", () => {
  test("by default allow double or four more in 15 s, whichever is more", () => {
    expect(trace({}, 4, times(2, 12))).toEqual([8, 12]);
    expect(trace({}, 1, times(4, 99))).toEqual([5, 10, 20, 40]);
  });

  test("of 900 % a minute make 1 a thousand in three steps (KEP-853, story 1)", () => {
    const up = direction([percent(900, 60)]);
    expect(trace({ up, every: 60 }, 1, times(3, 1000))).toEqual([10, 100, 1000]);
  });

  test("of 4 pods or 10 % a minute shrink 80 as the documentation says", () => {
    // kubernetes/website, horizontal-pod-autoscale.md
    const down = direction([fixed(4, 60), percent(10, 60)]);
    expect(trace({ down, every: 60 }, 80, times(14, 10))).toEqual([
      72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10,
    ]);
  });

  test("count what was changed within the period against the next change", () => {
    const up = direction([fixed(4, 60)]);
    // 4 more at 0; until 45 the period still holds them; at 60 they are exactly 60 s old and gone.
    expect(trace({ up }, 10, times(6, 99))).toEqual([14, 14, 14, 14, 18, 18]);
  });

  test("give back room when pods went meanwhile", () => {
    const up = direction([fixed(4, 60)]);
    const down = direction([percent(100, 15)]);
    // 10 -> 14 -> 12; at the start of the period there were 10, so 14 is allowed again.
    expect(trace({ up, down }, 10, [99, 12, 99])).toEqual([14, 12, 14]);
  });

  test("give back room for shrinking when pods came meanwhile", () => {
    const up = direction([percent(100, 15)]);
    const down = direction([fixed(4, 60)]);
    // 10 -> 6 -> 8; at the start of the period there were 10, so 6 is allowed again, 4 is not.
    expect(trace({ up, down }, 10, [1, 8, 1])).toEqual([6, 8, 6]);
  });

  test("are told of where they held something back, and only there", () => {
    const note = (wish: number) =>
      new Behaviour(usualUp, direction([percent(50, 15)])).limit(10, wish, 0).note;
    expect([19, 20, 21].map(note)).toEqual(["", "", ", policies allow 20"]);
    expect([6, 5, 4].map(note)).toEqual(["", "", ", policies allow 5"]);
  });

  test("selected by min allow the least of them", () => {
    const up = direction([percent(100, 15), fixed(4, 15)], 0, "min");
    expect(trace({ up }, 10, times(2, 99))).toEqual([14, 18]);
    const down = direction([percent(50, 15), fixed(1, 15)], 0, "min");
    expect(trace({ down }, 10, times(2, 1))).toEqual([9, 8]);
  });

  test("disabled allow nothing in that direction, and everything in the other", () => {
    const off = direction([percent(100, 15)], 0, "disabled");
    expect(trace({ up: off, down: direction([percent(100, 15)]) }, 10, [99, 5])).toEqual([10, 5]);
    expect(trace({ down: off }, 10, [5, 14])).toEqual([10, 14]);
  });
});

describe("stabilisation", () => {
  test("holds the highest wish of the last 300 s before shrinking", () => {
    // 12 is wished for at 0 and never again; at 300 s that is exactly 300 s ago and forgotten.
    const sizes = trace({}, 12, [12, ...times(20, 3)]);
    expect(sizes.slice(0, 20)).toEqual(times(20, 12));
    expect(sizes[20]).toBe(3);
  });

  test("holds the size it finds at its first decision as if it had been wished for", () => {
    const sizes = trace({}, 12, times(21, 3));
    expect(sizes.slice(0, 20)).toEqual(times(20, 12));
    expect(sizes[20]).toBe(3);
  });

  test("shrinks to the highest wish in the window, step by step as older ones leave it", () => {
    const down = direction([percent(100, 15)], 45);
    expect(trace({ down }, 9, [9, 8, 5, 6, 2, 2, 2, 2])).toEqual([9, 9, 9, 8, 6, 6, 2, 2]);
  });

  test("is told where it changed the wish", () => {
    const behaviour = new Behaviour(usualUp, usualDown);
    expect(behaviour.limit(12, 3, 0)).toEqual({ pods: 12, note: ", steadied to 12" });
    expect(behaviour.limit(12, 12, SECOND)).toEqual({ pods: 12, note: "" });
    expect(behaviour.limit(12, 99, SECOND).note).toBe(", policies allow 24");
  });

  test("of growth waits until the wish has lasted", () => {
    const up = direction([percent(900, 15)], 60);
    expect(trace({ up }, 2, [2, ...times(5, 9)])).toEqual([2, 2, 2, 2, 9, 9]);
  });

  test("the documented defaults, minute by minute", () => {
    // Load in percent-pods: 100 before 60 s, 600 to 240 s, then 150; target 50 %, from 2 to 20 pods.
    const behaviour = new Behaviour(usualUp, usualDown);
    const changes: [number, number][] = [];
    let size = 2;
    for (let time = 0; time <= 900; time += 15) {
      const load = time < 60 ? 100 : time < 240 ? 600 : 150;
      const wish = desiredPods(pods(size, load / size / 100), size, 50, usual)!.desired;
      const now = time * SECOND;
      const next = Math.min(20, Math.max(2, behaviour.limit(size, wish, now).pods));
      if (next === size) continue;
      behaviour.changed(size, next, now);
      changes.push([time, next]);
      size = next;
    }
    // 60: ⌈2 * 300/50⌉ = 12, but at most max(4, 6). The last wish for 12 is of 225, so 525 is free.
    expect(changes).toEqual([
      [60, 6],
      [75, 12],
      [525, 3],
    ]);
  });
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

test("the worked example: 4 pods at 180 % of 60 % are 8 at the first sync and 12 at the next", () => {
  for (const pace of [new WithoutBehaviour(300 * SECOND), new Behaviour(usualUp, usualDown)]) {
    let current = 4;
    const sizes = [15, 30].map((second) => {
      const wanted = desired(pods(4, 1.8), 60, current)!;
      const { pods: allowed } = pace.limit(current, wanted, second * SECOND);
      pace.changed(current, allowed, second * SECOND);
      return (current = allowed);
    });
    expect(sizes).toEqual([8, 12]);
  }
});
