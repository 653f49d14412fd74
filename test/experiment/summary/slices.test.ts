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
