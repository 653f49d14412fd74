/** A canary judged by its response times: the mean hides what a percentile shows. */
import { expect, test } from "vitest";
import { simulate } from "../../../src/experiment/replication.ts";
import { loadScenario } from "../../../src/scenario/load.ts";

/**
 * Ten instances; a call takes 1 s, or one in five of them 4 s. Two of the new version serve from 16 s
 * on: some ten calls until the first window ends at 21 s, some forty until the second does at 41 s.
 */
function load(rule: string) {
  const text = `
title: A canary
run: { duration: 60 s }
workloads:
  all:
    to: web
    mix: { quick: { share: 80 % }, slow: { share: 20 % } }
    arrivals: { kind: deterministic, rate: 10 rps }
parts:
  web:
    kind: service
    slots: 10
    operations: { quick: [{ work: 1 s }], slow: [{ work: 4 s }] }
    health-check: none
    fleet: { instances: 10, provisioning: 5 s, start-up: 10 s }
rollouts:
  - kind: canary
    of: web
    at: 1 s
    steps: [{ instances: 2, for: 1 h }]
    roll-back-if: { window: 20 s, calls: 20, ${rule} }
`;
  return loadScenario({ file: "shop.yaml", text, readFile: () => "", set: [], variant: null });
}

function verdicts(rule: string): string[] {
  const loaded = load(rule);
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  const { journal } = simulate(loaded.scenario, 0);
  return journal
    .filter(({ what }) => what === "rolling back")
    .map(({ at, reason }) => `${at / 1e9}: ${reason}`);
}

test("of fewer than a hundred calls the 99th percentile is the slowest, and the mean is far below", () => {
  expect(verdicts("latency-above: 3.9 s, percentile: p99")).toEqual([
    expect.stringMatching(
      /^41: version 2: 4000 ms at p99 of \d\d calls in 20 s, above 3900 ms: back to version 1$/,
    ),
  ]);
  expect(verdicts("latency-above: 3.9 s")).toEqual([]);
  expect(verdicts("latency-above: 3.9 s, percentile: p50")).toEqual([]);
});

test("what is at the bound is not above it", () => {
  expect(verdicts("latency-above: 4 s, percentile: p99")).toEqual([]);
});

test("a percentile needs a bound", () => {
  const loaded = load("error-rate-above: 5 %, percentile: p99");
  if (loaded.ok) throw new Error("accepted");
  expect(loaded.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "rollouts.0.roll-back-if.percentile: a percentile of response times has no bound; expected `latency-above` as well",
  ]);
});
