/** As many replications as a number needs. */
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/experiment/assemble.ts";
import {
  parseGoal,
  replicated,
  UnknownQuantity,
  untilPrecise,
} from "../../src/experiment/precision.ts";
import { simulate } from "../../src/experiment/replication.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { studentInterval } from "../../src/statistics/intervals.ts";

const text = `
title: One till
run: { duration: 30 s }
workloads: { shoppers: { to: till, arrivals: { rate: 50 rps } } }
parts: { till: { kind: service, slots: 1, work: { kind: exponential, mean: 10 ms } } }
`;

function scenarioWith(set: readonly string[] = []) {
  const loaded = loadScenario({ file: "a.yaml", text, readFile: () => "", set, variant: null });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return loaded.scenario;
}

const scenario = scenarioWith();
const more = async (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => simulate(scenario, from + at));

describe("a goal", () => {
  test.each([
    ["p99 within 5 %", { metric: "p99", of: null, within: 0.05 }],
    ["mean of checkout within 0.5%", { metric: "mean", of: "checkout", within: 0.005 }],
  ])("is understood from %s", (words, goal) => expect(parseGoal(words)).toEqual(goal));

  test.each(["p99", "p99 within 5", "p99 within 0 %", "within 5 %", ""])(
    "is not made of %s",
    (words) => expect(parseGoal(words)).toBeNull(),
  );
});

describe("replications", () => {
  const within = 0.015;
  const goal = { metric: "mean", of: null, within };

  test("are added until the interval is narrow enough, and not for longer", async () => {
    const { records, reached } = await untilPrecise(
      scenario,
      goal,
      { floor: 4, ceiling: 99 },
      more,
    );
    const values = records.map((one) => assemble(scenario, [one]).total.latency.mean!);
    const width = (count: number) => {
      const { mean, halfWidth } = studentInterval(values.slice(0, count), 0.95);
      return halfWidth! / mean!;
    };
    expect(records.length).toBeGreaterThan(4);
    expect(reached).toBe(width(records.length));
    expect(reached).toBeLessThanOrEqual(within);
    expect(width(4)).toBeGreaterThan(within);
  });

  test("end at the ceiling, and say how far they came", async () => {
    const hard = { ...goal, within: 1e-6 };
    const { records, reached } = await untilPrecise(scenario, hard, { floor: 2, ceiling: 5 }, more);
    expect(records).toHaveLength(5);
    expect(reached).toBeGreaterThan(1e-6);
  });

  test("stay at the floor when nothing varies", async () => {
    const sure = { ...goal, metric: "availability" };
    const { records, reached } = await untilPrecise(scenario, sure, { floor: 3, ceiling: 9 }, more);
    expect([records.length, reached]).toEqual([3, 0]);
  });

  test("of what no run tells are refused with what there is", async () => {
    const wrong = untilPrecise(scenario, { ...goal, of: "tea" }, { floor: 2, ceiling: 3 }, more);
    await expect(wrong).rejects.toMatchObject({ known: expect.arrayContaining(["p99"]) });
    await expect(wrong).rejects.toBeInstanceOf(UnknownQuantity);
  });
});

test("a replicated scenario is the one that says so itself", () => {
  expect(replicated(scenario, 7)).toEqual(scenarioWith(["run.replications=7"]));
});
