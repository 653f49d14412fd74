/** Promises from OpenSLO documents: what they come to, where they are wrong, and back again. */
import { describe, expect, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { openSlo } from "../../src/report/openSlo.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { run } from "../../src/index.ts";
import { till, twentyRefused } from "../support/till.ts";

const DAY = 86_400e9;

const load = (document: string, wish: object = {}, more: object = {}) =>
  loadScenario({
    file: "nights/till.yaml",
    text: stringify({
      ...till({ run: { clock: "2026-11-10T23:40:00+08:00" } }),
      objectives: [{ openslo: "promises.yaml", ...wish }],
      ...more,
    }),
    readFile: (path) => (path === "promises.yaml" ? document : expect.fail(path)),
    set: [],
    variant: null,
  });

const objectives = (document: string, wish: object = {}) => {
  const loaded = load(document, wish);
  if (!loaded.ok) return expect.fail(loaded.report({ colour: false }));
  return loaded.scenario.objectives;
};

const report = (document: string, wish: object = {}, more: object = {}) => {
  const loaded = load(document, wish, more);
  if (loaded.ok) return expect.fail("the document is right");
  return loaded.report({ colour: false }).split("\n");
};

const slo = (spec: string) => `\
apiVersion: openslo/v1
kind: SLO
metadata: { name: till }
spec:
  service: till
  indicatorRef: good
${spec}
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: good }
spec:
  ratioMetric:
    counter: true
    good: { metricSource: { type: prometheus, spec: { query: good } } }
    total: { metricSource: { type: prometheus, spec: { query: all } } }
`;

const rolling = "  timeWindow: [{ duration: 28d, isRolling: true }]";

describe("what a document comes to", () => {
  test("a ratio over a rolling window", () => {
    const document = slo(`${rolling}
  budgetingMethod: Occurrences
  objectives: [{ target: 0.999 }, { targetPercent: 99.5 }]`);
    expect(objectives(document, { of: "shoppers" })).toEqual([
      { availability: 0.999, of: "shoppers", period: 28 * DAY },
      { availability: 0.995, of: "shoppers", period: 28 * DAY },
    ]);
  });

  test("a calendar month, of which nine days and some have passed", () => {
    const month = (zone: string) =>
      slo(`  timeWindow:
    - { duration: 1M, isRolling: false, calendar: { startTime: 2026-01-01 00:00:00, timeZone: ${zone} } }
  objectives: [{ target: 0.9 }]`);
    const passed = (9 * 24 + 23) * 3600 + 40 * 60;
    expect(objectives(month("Asia/Shanghai"))).toEqual([
      { availability: 0.9, period: 30 * DAY, elapsed: passed * 1e9 },
    ]);
    // In Greenwich it is eight hours earlier.
    expect(objectives(month("UTC"))).toEqual([
      { availability: 0.9, period: 30 * DAY, elapsed: (passed - 8 * 3600) * 1e9 },
    ]);
  });

  test("time slices: of those of a minute 99 % shall have 95 % good", () => {
    const document = slo(`${rolling}
  budgetingMethod: Timeslices
  objectives: [{ target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1m }]`);
    expect(objectives(document)).toEqual([
      { availability: 0.95, slice: 60e9, "of-slices": 0.99, period: 28 * DAY },
    ]);
  });

  test("a threshold: 99.9 % of requests within 800", () => {
    const document = `\
apiVersion: openslo/v1
kind: SLO
metadata: { name: till }
spec:
  indicator: { spec: { thresholdMetric: { metricSource: { type: any, spec: {} } } } }
  objectives: [{ op: lte, value: 800, target: 0.999 }]
`;
    expect(objectives(document, { unit: "ms" })).toEqual([{ latency: "p99.9", below: 0.8e9 }]);
  });
});

describe("mistakes are told at their place in the document", () => {
  test("a target that is none", () => {
    expect(report(slo(`  objectives: [{ target: 99.9 }]`))[0]).toBe(
      "nights/promises.yaml:7:26: error: expected target, from 0 to below 1",
    );
  });

  test("a percentile that is not kept", () => {
    const document = `\
kind: SLO
spec:
  indicator: { spec: { thresholdMetric: {} } }
  objectives: [{ op: lt, value: 1, target: 0.97 }]
`;
    expect(report(document)[0]).toMatch(
      /^nights\/promises.yaml:4:44: error: objectives.0.latency: .*"p97"/,
    );
  });

  test("no YAML, no SLO, no file, no date", () => {
    expect(report("kind: [")[0]).toMatch(/^nights\/promises.yaml:1:\d+: error: this is not YAML/);
    expect(report("kind: Service")[0]).toMatch(/till.yaml:\d+:14: error: the file has no SLO/);
    expect(report("", { openslo: "../other.yaml" })[0]).toMatch(/outside the scenario's folder/);
    const calendar =
      slo(`  timeWindow: [{ duration: 1w, calendar: { startTime: 2026-01-05 00:00:00 } }]
  objectives: [{ target: 0.9 }]`);
    expect(report(calendar, {}, { run: { duration: "100 s" } })[0]).toMatch(
      /promises.yaml:7:42: error: .*expected `run.clock`/,
    );
  });

  test("a class that is not there", () => {
    expect(report(slo("  objectives: [{ target: 0.9 }]"), { of: "shopper" })[0]).toMatch(
      /till.yaml:\d+:\d+: error: objectives.0.of: .*did you mean "shoppers"/,
    );
  });
});

test("what is written is read as what was promised", async () => {
  const promised = [
    { availability: "99.9 %", of: "shoppers", period: "28 d" },
    { availability: "99.95 %", period: "30 d", elapsed: "10 d" },
    { availability: "80 %", slice: "60 s", "of-slices": "90 %", period: "7 d" },
    {
      ...{ latency: "p99", of: "shoppers", below: "800 ms", slice: "60 s", "of-slices": "95 %" },
      ...{ period: "30 d", elapsed: "10 d" },
    },
    { latency: "p99.9", below: "1500 ms" },
  ];
  const night = { run: { clock: "2026-11-10T23:40:00+08:00" }, faults: twentyRefused };
  const result = await run(till({ ...night, objectives: promised }));
  const written = await openSlo(result);
  const calendar = parseAllDocuments(written!)[1]!.toJS().spec.timeWindow;
  expect(calendar).toEqual([
    {
      duration: "30d",
      isRolling: false,
      calendar: { startTime: "2026-10-31 15:40:00", timeZone: "UTC" },
    },
  ]);
  const loaded = loadScenario({
    file: "till.yaml",
    text: stringify(till({ ...night, objectives: promised })),
    readFile: () => expect.fail("no other file is read"),
    set: [],
    variant: null,
  });
  if (!loaded.ok) return expect.fail(loaded.report({ colour: false }));
  expect(objectives(written!)).toEqual(loaded.scenario.objectives);
});
