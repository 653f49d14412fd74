/** The search by itself, and what makes a trial hold. */
import { describe, expect, test } from "vitest";
import { search } from "../../src/experiment/size.ts";
import type { TrialResult } from "../../src/experiment/sizing.ts";
import { judge, tryOut } from "../../src/experiment/trial.ts";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";

const axis = (size: number) => ({
  values: Array.from({ length: size }, (_, at) => String(at + 1)),
});

/** Holds where the rule says so; each position costs its price. */
function world(rule: (positions: readonly number[]) => boolean, prices: readonly number[]) {
  const asked: string[] = [];
  const tryAt = async (positions: readonly number[]) => {
    asked.push(positions.join());
    const cost = positions.reduce((sum, position, knob) => sum + position * prices[knob]!, 0);
    const verdict = rule(positions) ? "holds" : "fails";
    return { verdict, cost, margin: 0, values: positions.map(String) } as unknown as TrialResult;
  };
  return { asked, tryAt };
}

describe("a search", () => {
  test("of one knob finds the least that holds, with a logarithm of trials, each once", async () => {
    const { asked, tryAt } = world(([a]) => a! >= 137, [1]);
    const { answer } = await search([axis(200)], tryAt);
    expect(answer).toEqual([137]);
    expect(asked.length).toBeLessThanOrEqual(9); // 1 + log2(200)
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("of several finds the cheaper side of a trade", async () => {
    const rule = ([a, b]: readonly number[]) => a! + 2 * b! >= 12;
    const { answer } = await search([axis(20), axis(20)], world(rule, [1, 5]).tryAt);
    expect(answer).toEqual([12, 0]);
    expect((await search([axis(20), axis(20)], world(rule, [5, 1]).tryAt)).answer).toEqual([0, 6]);
  });

  test("that finds nothing has tried the most of everything, and only that", async () => {
    const { asked, tryAt } = world(() => false, [1, 1]);
    expect((await search([axis(5), axis(7)], tryAt)).answer).toBeNull();
    expect(asked).toEqual(["4,6"]);
  });

  test("goes one up from a choice that was refused, without trying anything twice", async () => {
    const { asked, tryAt } = world(([a]) => a! >= 5, [1]);
    const tried = new Map();
    await search([axis(16)], tryAt, new Set(), tried);
    expect((await search([axis(16)], tryAt, new Set(["5"]), tried)).answer).toEqual([6]);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

const text = `
title: A till
run: { duration: 10 s }
workloads: { shoppers: { to: till, arrivals: { rate: 1 rps } } }
parts: { till: { kind: service, slots: 1, work: 1 ms } }
objectives: [{ availability: 99 % }, { latency: p99, below: 1 s }]
`;
const loaded = loadScenario({ file: "a", text, readFile: () => "", set: [], variant: null });
const scenario = (loaded as { scenario: Scenario }).scenario;

const measured = (availability: number, p99: number | null) => [
  { metric: "availability", of: null, unit: "share", value: availability },
  { metric: "p99", of: null, unit: "s", value: p99 },
];

describe("a trial", () => {
  test("holds when the bounds do, and what has least room binds", () => {
    // Mean 0.8, standard deviation 0.1 of three: the bound is 0.8 + 2.92 · 0.1 / √3 = 0.969.
    const p99s = [0.7, 0.8, 0.9];
    const trial = judge(
      scenario,
      ["1"],
      p99s.map((p99) => measured(0.999, p99)),
    );
    expect(trial).toMatchObject({ verdict: "holds", binding: "p99 of all requests below 1 s" });
    expect(trial.objectives[1]!.bound).toBeCloseTo(0.9686, 3);
    expect(trial.margin).toBeCloseTo(0.0314, 3);
    expect(trial.objectives[0]!.margin).toBeCloseTo(0.9, 9); // 0.1 % of 1 % is spent
  });

  test("is undecided when luck could turn it, and fails when luck could not", () => {
    const of = (p99s: (number | null)[]) =>
      judge(
        scenario,
        ["1"],
        p99s.map((p99) => measured(1, p99)),
      ).verdict;
    expect(of([0.5, 0.8, 1.1])).toBe("undecided");
    expect(of([1.1, 1.2, 1.3])).toBe("fails");
    expect(of([0.5, 0.5, null])).toBe("fails"); // in one run nobody was served at all
    expect(of([0.5])).toBe("undecided"); // one run tells nothing of luck
  });

  test("takes more runs only while it is undecided, and no more than allowed", async () => {
    const asked: number[] = [];
    const measure = (p99: (run: number) => number) => async (from: number, to: number) => {
      asked.push(to);
      return Array.from({ length: to - from }, (_, at) => measured(1, p99(from + at)));
    };
    const bounds = { floor: 3, ceiling: 20 };
    await tryOut(
      scenario,
      ["1"],
      bounds,
      measure((run) => 0.5 + (run % 2) * 0.01),
    );
    expect(asked.splice(0)).toEqual([3]);
    const close = await tryOut(
      scenario,
      ["1"],
      bounds,
      measure((run) => 1 + (run % 2 ? 1e-3 : -1e-3)),
    );
    expect(asked).toEqual([3, 6, 12, 20]);
    expect(close).toMatchObject({ verdict: "undecided", replications: 20 });
  });
});
