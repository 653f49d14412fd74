/** How fast the HorizontalPodAutoscaler goes, trace by trace. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { desiredPods, type Pod } from "../../../src/model/autoscalers/hpaArithmetic.ts";
import {
  Behaviour,
  WithoutBehaviour,
  type Direction,
  type Policy,
} from "../../../src/model/autoscalers/hpaPace.ts";

const usual = { up: 0.1, down: 0.1 };

/** Pods wanted by so many with the same usage. */
const wanted = (current: number, usage: number, target: number): number => {
  const seen = Array.from({ length: current }, (): Pod => ({ usage, ignored: false }));
  return desiredPods(seen, current, target, usual)!.desired;
};

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
      const wish = wanted(size, load / size / 100, 50);
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
      const wish = wanted(size, load / size / 100, 50);
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

test("the worked example: 4 pods at 180 % of 60 % are 8 at the first sync and 12 at the next", () => {
  for (const pace of [new WithoutBehaviour(300 * SECOND), new Behaviour(usualUp, usualDown)]) {
    let current = 4;
    const sizes = [15, 30].map((second) => {
      const wish = wanted(4, 1.8, 60);
      const { pods: allowed } = pace.limit(current, wish, second * SECOND);
      pace.changed(current, allowed, second * SECOND);
      return (current = allowed);
    });
    expect(sizes).toEqual([8, 12]);
  }
});
