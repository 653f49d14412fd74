import { expect, test } from "vitest";
import { readScenarioText } from "../../src/scenario/compose.ts";
import { printIssues, sorted } from "../../src/scenario/diagnostics.ts";
import type { PlacedIssue } from "../../src/scenario/place.ts";
import { issuesOf } from "../../src/schema/issues.ts";
import { exampleLanguage } from "../schema/exampleLanguage.ts";

/** What `check` does with a text, in the small language of the tests. */
function check(text: string, set: string[] = []): string {
  const read = readScenarioText(text, { file: "night.yaml", set });
  if (!read.ok) return printIssues(read.issues, { texts: read.texts, colour: false });
  const result = exampleLanguage.safeParse(read.value);
  if (result.success) return "no errors";
  const issues = issuesOf(result.error, exampleLanguage, read.value).map((one) => read.place(one));
  return printIssues(issues, { texts: read.texts, colour: false });
}

const tenMistakes = `\
title: 42
sead: "1111"
run: { duration: 40, replications: 2 }
rate: 5m
hit: 120 %
parts:
  edge:
    kind: load-balancer
    balancer: { kind: least-conn }
    to: web
  web:
    kind: service
    slots: 16
    quue: fifo
    work: { kind: gamma, mean: 4 GB }
  1st: { kind: service, slots: 1, work: 1 ms }
faults:
  - { at: 28 min }
`;

test("ten different mistakes give ten messages at their lines", () => {
  const heads = check(tenMistakes)
    .split("\n")
    .filter((line) => line.includes("error:"));
  expect(heads).toEqual([
    'night.yaml:1:8: error: title: found 42; expected text; did you mean "42"?',
    'night.yaml:2:1: error: sead: a scenario has no field "sead"; did you mean "seed"?',
    "night.yaml:3:18: error: run.duration: 40 has no unit; expected a duration such as 50 ms, 2 s or 1h30m",
    'night.yaml:4:7: error: rate: "5m" could be 5 M or 5 min; expected a rate such as 800 rps or 50/min',
    'night.yaml:5:6: error: hit: "120 %" is out of range; expected at most 100 %',
    'night.yaml:9:23: error: parts.edge.balancer.kind: no balancer "least-conn"; did you mean "least-connections"?',
    'night.yaml:14:5: error: parts.web.quue: part service has no field "quue"; did you mean "queue"?',
    'night.yaml:15:32: error: parts.web.work.mean: "4 GB" is an amount of data; expected a duration such as 50 ms, 2 s or 1h30m',
    'night.yaml:16:3: error: parts.1st: "1st" cannot be a name; expected a letter, then letters, digits, - or _, 64 at most',
    'night.yaml:18:5: error: faults.0.of: "of" is missing; expected text',
  ]);
});

test("each message shows its line, marks the words, and the count ends the list", () => {
  const printed = check("run: { duration: 10 min }\nrate: 5 GB\nparts: {}\n");
  expect(printed).toBe(
    [
      'night.yaml:2:7: error: rate: "5 GB" is an amount of data; expected a rate such as 800 rps or 50/min',
      "    2 | rate: 5 GB",
      "      |       ^^^^",
      "",
      "1 error",
    ].join("\n"),
  );
});

test("a mistake in a --set names the flag", () => {
  const text = "run: { duration: 10 min }\nrate: 5 rps\nparts: {}\n";
  expect(check(text, ["rate=5 GB"])).toContain("--set rate=5 GB: error: rate: ");
  expect(check(text, ["rum.x=5"])).toContain(
    '--set rum.x=5: error: rum: a scenario has no field "rum"; did you mean "run"?',
  );
});

test("the mark stands under Chinese words, which are twice as wide", () => {
  expect(check('title: "双十一"\nrun: { 名: 1 }')).toContain(
    ["    2 | run: { 名: 1 }", "      |        ^^"].join("\n"),
  );
});

const issue = (line: number, column: number, file = "a.yaml", message = "wrong"): PlacedIssue => ({
  path: [],
  message,
  place: { file, line, column, length: 1 },
});
const flag: PlacedIssue = { path: [], message: "wrong", place: { flag: "--set x=1" } };

test("issues are sorted by file, line and column, flags last", () => {
  const issues = [flag, issue(3, 1), issue(2, 9), issue(1, 1, "b.yaml"), issue(2, 4)];
  expect(
    sorted(issues).map(({ place }) => ("flag" in place ? "flag" : [place.line, place.column])),
  ).toEqual([[2, 4], [2, 9], [3, 1], [1, 1], "flag"]);
});

test("a long line is shown around the mark", () => {
  const text = `a: ${"x".repeat(500)}!${"y".repeat(500)}`;
  const printed = printIssues([issue(1, 504)], {
    texts: new Map([["a.yaml", text]]),
    colour: false,
  });
  const [, shown = "", mark = ""] = printed.split("\n");
  expect(shown.length).toBeLessThan(110);
  expect(shown[mark.indexOf("^")]).toBe("!");
});

test("nothing printed can drive a terminal", () => {
  const nasty = issue(1, 1, "a\u001b[2J.yaml", "found \u001b]0;title\u0007\u009b and \u202e");
  const printed = printIssues([nasty], { texts: new Map(), colour: false });
  expect(printed).toContain("found \\u001b]0;title\\u0007\\u009b and \\u202e");
  expect([...printed].every((character) => character === "\n" || character >= " ")).toBe(true);
});

test("colour is only used when asked for", () => {
  const texts = new Map([["a.yaml", "a: 1"]]);
  expect(printIssues([issue(1, 1)], { texts, colour: true })).toContain(
    "\u001b[31merror:\u001b[39m",
  );
  expect(printIssues([issue(1, 1)], { texts, colour: false })).not.toContain("\u001b");
});
