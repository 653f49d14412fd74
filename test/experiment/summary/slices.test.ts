/** Time slices that decide, of a night in which one slice of five fails whole. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { judge } from "../../../src/experiment/trial.ts";
import { simulate } from "../../../src/experiment/replication.ts";
import { measuresOf } from "../../../src/experiment/measures.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import { stringify } from "yaml";
import { rehearse, till, twentyRefused } from "../../support/till.ts";

/** The till is out from 40 s to 59.5 s: 79 of 99 requests succeed, and four of five slices. */
const night = { faults: twentyRefused };
const slices = { slice: "20 s" };

test("all requests together miss 80 % where four slices of five keep it", async () => {
  const objectives = [
    { availability: "80 %" },
    { availability: "80 %", ...slices, "of-slices": "80 %" },
    { availability: "80 %", ...slices, "of-slices": "81 %" },
  ];
  const result = await rehearse({ ...night, objectives });
  expect(result.objectives.map(({ met }) => met)).toEqual([false, true, false]);
  expect(result.objectives[1]).toMatchObject({
    name: "80 % of slices of 20 s with 80 % success of all requests",
    kind: "slices",
    target: 0.8,
    observed: 0.8,
    byRun: { kept: 1, of: 1 },
    slices: { each: 0.8, kept: 4, of: 5, allowed: expect.closeTo(1, 9) },
  });
  expect(result.met).toBe(false);
});

test("a latency by slices: what is served takes half a second, and a slice without any cannot tell", async () => {
  const objectives = ["501 ms", "499 ms"].map((below) => ({
    latency: "p99",
    below,
    ...slices,
    "of-slices": "100 %",
  }));
  const result = await rehearse({ ...night, objectives });
  expect(result.objectives.map(({ met, observed }) => [met, observed])).toEqual([
    [true, 1],
    [false, 0],
  ]);
  expect(result.objectives[0]!.slices).toMatchObject({ each: 0.501, kept: 4, of: 4 });
});

test("the search for a fleet judges by them too", () => {
  const verdict = (share: string) => {
    const objectives = [{ availability: "80 %", ...slices, "of-slices": share }];
    const loaded = loadScenario({
      file: "night.yaml",
      text: stringify(till({ ...night, objectives })),
      readFile: () => expect.fail("no other file is read"),
      set: [],
      variant: null,
    });
    if (!loaded.ok) return expect.fail(loaded.report({ colour: false }));
    const { scenario } = loaded;
    const found = [0, 1, 2].map((index) => measuresOf(scenario, simulate(scenario, index)));
    return judge(scenario, [], found).objectives[0];
  };
  expect(verdict("80 %")).toMatchObject({
    verdict: "holds",
    target: 0.8,
    mean: expect.closeTo(0.8, 9),
  });
  expect(verdict("81 %")).toMatchObject({
    verdict: "fails",
    target: 0.81,
    mean: expect.closeTo(0.8, 9),
  });
});

test("slices that are to decide need a length", async () => {
  const objectives = [{ availability: "80 %", "of-slices": "80 %" }];
  await expect(run(till({ objectives }))).rejects.toThrow(/of-slices: expected `slice` too/);
});

/** Five slices of 20 s, one of them bad; a window of 1,000 s holds 45 more. */
const deciding = { availability: "80 %", ...slices, "of-slices": "90 %", period: "1000 s" };

const promise = async (objective: object, history: object = {}) => {
  const scenario = { ...till({ ...night, objectives: [objective] }), history };
  return (await run(scenario)).objectives[0]!;
};

test("a rolling window of fifty slices allows five bad ones, and the history was perfect", async () => {
  const { period } = await promise(deciding);
  expect(period).toMatchObject({
    ...{ unit: "slices", length: 1000, elapsed: null, requests: 50, before: 0, spent: 1 },
    allowed: expect.closeTo(5, 9),
    left: expect.closeTo(0.8, 9),
  });
});

test("slices that broke it before spend the budget, in a rolling window as in its share of the past", async () => {
  const { period } = await promise(deciding, { slices: { bad: 4, of: 90 } });
  expect(period).toMatchObject({ before: 2, left: expect.closeTo(1 - 3 / 5, 9) });
});

test("of a calendar window those that have passed: two of twenty, and one in the run", async () => {
  const { period } = await promise(
    { ...deciding, elapsed: "400 s" },
    { slices: { bad: 2, of: 20 } },
  );
  expect(period).toMatchObject({ elapsed: 400, requests: 50, before: 2, spent: 1 });
  expect(period!.left).toBeCloseTo(1 - 3 / 5, 9);
});

test("a latency has such a window too, where slices decide", async () => {
  const latency = { latency: "p99", below: "499 ms", ...slices, "of-slices": "90 %" };
  const { period } = await promise({ ...latency, period: "1000 s" });
  // Four slices of the run can tell, and all are slow; 45 before were not.
  expect(period).toMatchObject({ requests: 49, spent: 4, allowed: expect.closeTo(4.9, 9) });
});

test("slices burn the budget by their share: one bad of fifteen in five minutes, of 10 % allowed", async () => {
  const { burn } = await promise(deciding);
  expect(burn!.map(({ over }) => over)).toEqual([300, 3600, 21_600, 259_200]);
  expect(burn![0]).toMatchObject({
    most: expect.closeTo(1 / 15 / 0.1, 9),
    end: expect.closeTo(1 / 15 / 0.1, 9),
  });
  const [five] = (await promise(deciding, { slices: { bad: 1, of: 10 } })).burn!;
  // After the third slice, the bad one, twelve of the fifteen are history and hold 1.2 bad ones.
  expect(five!.most).toBeCloseTo((1 + 12 / 10) / 15 / 0.1, 9);
});

test("what does not fit is told", async () => {
  const latency = { latency: "p99", below: "1 s", period: "1000 s" };
  await expect(promise(latency)).rejects.toThrow(/period: expected `slice` and `of-slices`/);
  await expect(promise(deciding, { slices: { bad: 3, of: 2 } })).rejects.toThrow(
    /history.slices.bad: expected at most all 2 of them/,
  );
});
