/** Mistakes in alerts, at the line and column where they stand; and the scenario that shows them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../src/scenario/load.ts";

function said(rule: string, monitoring = "{}", window = ""): string[] {
  const text = `title: A night
run: { duration: 1 h${window} }
monitoring: ${monitoring}
workloads: { shoppers: { to: web, arrivals: { kind: poisson, rate: 1 rps } } }
parts: { web: { kind: service, slots: 1, work: 1 s } }
alerts:
  rule: ${rule}
`;
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({ file: "a.yaml", text, readFile, set: [], variant: null });
  if (loaded.ok) return [];
  return sorted(loaded.issues).map((issue) => {
    const { place } = issue;
    return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
  });
}

test("alerts name classes and parts that there are", () => {
  expect(said("{ kind: error-ratio, above: 1 %, class: shopers }")).toEqual([
    '7:49: alerts.rule.class: there is no request class "shopers"; there is shoppers; did you mean "shoppers"?',
  ]);
  expect(said("{ kind: utilisation, above: 1 %, part: wep }")).toEqual([
    '7:48: alerts.rule.part: there is no part "wep"; there is web; did you mean "web"?',
  ]);
});

test("their windows hold two scrapes, and scrapes fall on the ends of windows", () => {
  expect(said("{ kind: latency, above: 1 s, over: 1 min }")).toEqual([
    "7:3: alerts.rule: a window of 1 min holds fewer than two scrapes of every 1 min, so it would never fire",
  ]);
  expect(said("{ kind: latency, above: 1 s, over: 1 min }", "{ scrape: 15 s }")).toEqual([]);
  expect(said("{ kind: burn-rate, target: 99 % }", "{ scrape: 15 s }", ", window: 10 s")).toEqual([
    "3:23: monitoring.scrape: scrapes every 15 s do not fall on the ends of windows of 10 s; expected a multiple of run.window",
  ]);
});

test("a rule that could never fire is refused", () => {
  expect(said("{ kind: traffic }")).toEqual([
    "7:3: alerts.rule: it would never fire; expected `below` or `above`",
  ]);
  expect(said("{ kind: error-ratio, above: 1 %, class: shoppers, part: web }")).toHaveLength(1);
});

test("windows of a burn rate fit each other and what history can say", () => {
  const windows = (one: string) => said(`{ kind: burn-rate, target: 99 %, windows: [${one}] }`);
  expect(windows("{ burn: 1, long: 6 min, short: 6 min }")).toEqual([]);
  expect(windows("{ burn: 1, long: 5 min, short: 6 min }")).toEqual([
    "7:83: alerts.rule.windows.0.short: the short window is longer than the long one",
  ]);
  expect(windows("{ burn: 1, long: 90 d }")).toEqual([]);
  expect(windows("{ burn: 1, long: 91 d }")).toEqual([
    "7:69: alerts.rule.windows.0.long: expected at most 90 d",
  ]);
});

test("scenarios/pager.yaml pages when its comment says", async () => {
  const { alerts, incidents } = await run(readFileSync("scenarios/pager.yaml", "utf8"));
  const minutes = (seconds: number | null) =>
    seconds === null
      ? null
      : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  expect(
    alerts!.firings
      .filter(({ false: unfounded }) => !unfounded)
      .map(({ rule, severity, pendingAt, firedAt, toldAt }) =>
        [rule, severity, ...[pendingAt, firedAt, toldAt].map(minutes)].join(" "),
      ),
  ).toEqual([
    "failing page 10:15 11:15 11:45",
    "budget page 11:00 11:00 11:30",
    "budget page 12:15 12:15 16:30",
    "budget ticket 14:30 14:30 15:00",
    "budget ticket 14:30 14:30 15:00",
    "hot ticket 15:15 15:15 15:45",
  ]);
  expect(alerts!.firings.find(({ rule }) => rule === "failing")!.resolvedAt).toBe(945);
  const unfounded = alerts!.firings.filter((firing) => firing.false);
  expect(unfounded.map(({ rule, firedAt }) => [rule, firedAt])).toEqual([["hot", 75]]);
  expect(incidents).toMatchObject([{ paged: 90, pagedBy: "budget", recovered: 305 }]);
});

test("windows of a promise fit each other", () => {
  const promised = (objective: string) =>
    said("{ kind: traffic, below: 1 rps }\nobjectives:\n  - " + objective, "{ scrape: 15 s }");
  expect(promised("{ availability: 99 %, period: 30 d, elapsed: 12 d, slice: 1 min }")).toEqual([]);
  expect(promised("{ availability: 99 %, elapsed: 12 d }")).toEqual([
    "9:36: objectives.0.elapsed: expected a longer `period` of which this has passed",
  ]);
  expect(promised("{ availability: 99 %, slice: 20 s }")).toEqual([
    "9:34: objectives.0.slice: slices are made of windows of 15 s; expected a multiple of it",
  ]);
});
