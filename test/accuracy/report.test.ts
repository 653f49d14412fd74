/** The report of the suite, from verdicts made up. */
import { expect, test } from "vitest";
import { specification } from "../../src/report/charts/chart.ts";
import { sharpen } from "../../src/report/charts/draw.ts";
import type { Simulated } from "./case.ts";
import { judge, type Verdict } from "./judge.ts";
import { reading } from "./readings.ts";
import { agreement, scores } from "./report/charts.ts";
import { accuracyPage } from "./report/page.ts";
import { summary } from "./report/summary.ts";
import { sheetOf } from "./report/tables.ts";

const of: Simulated = {
  id: "made-up",
  what: "A case <made up>",
  source: "nobody",
  platform: { workloads: {}, parts: {} },
  seconds: 10,
  claims: [[reading("a number", () => 0), 2]],
};
const right = judge(of.claims[0]!, [1.9, 2, 2.2]);
const wrong = judge(of.claims[0]!, [3, 3.001, 3.002]);
const verdicts: Verdict[] = [
  { family: "Made up", of, findings: [right], again: null },
  { family: "Made up", of, findings: [wrong], again: [right] },
];

test("the page tells every number, the scenario, and what was looked at twice, and breaks out of nothing", async () => {
  const pencil = await sharpen();
  const warnings: string[] = [];
  const figures = [];
  for (const chart of [agreement, scores])
    figures.push({ chart, svg: await pencil.svg(specification(chart, verdicts)!, warnings) });
  expect(warnings).toEqual([]);
  const page = accuracyPage(verdicts, figures);
  expect(page).toContain("2 of 2 numbers of 2 cases agree");
  expect(page).toContain("Looked at twice");
  expect(page).toContain("replications: 20");
  expect(page).toContain("&lt;made up&gt;");
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

test("summary and sheet have a row for each number, the sheet for each look", () => {
  expect(summary(verdicts).match(/^\| made-up \| a number/gm)).toHaveLength(3);
  expect(sheetOf(verdicts).rows.map((row) => row[10])).toEqual(["yes", "no", "yes"]);
});
