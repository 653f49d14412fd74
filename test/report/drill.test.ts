/** A drill in words, rows and a map. */
import { expect, test } from "vitest";
import { drill as chart } from "../../src/report/charts/drill.ts";
import { drill as sheet } from "../../src/report/data/drill.ts";
import { markdown } from "../../src/report/markdown.ts";
import { brokenTable, drillTable } from "../../src/report/tables/drill.ts";
import { renderTerminal } from "../../src/report/terminal.ts";
import { sampleResult } from "./sample.ts";

const result = sampleResult();
const { drill: _, ...without } = result;

test("the matrix has a row for each part and each zone, and tells how many promises were kept", () => {
  expect(drillTable(result.drill!).rows).toEqual([
    ["stock", "✓ 2 of 2", "–", "–", "–"],
    ["web", "✗ 1 of 2", "–", "✗ 0 of 2", "✗ stopped"],
    ["(zone a is out)", "–", "✗ 0 of 2", "–", "–"],
  ]);
});

test("every promise that was broken is told with what broke first", () => {
  const { rows } = brokenTable(result.drill!);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual([
    "one instance of web crashes and is not repaired",
    "99.95 % of requests succeed",
    "92.0 %",
    "99.95 %",
    "00:01:30 crash of web-1 → 00:01:40 web runs out of slots",
  ]);
});

test("it is told on the terminal and in the summary, counting failures and not the quiet night", () => {
  const terminal = renderTerminal(result, { colour: false, width: 100 });
  for (const told of [terminal, markdown(result, [])]) {
    expect(told.replace(/\s+/g, " ")).toContain("1 of 5 failures at the peak are survived");
  }
  expect(terminal).toMatch(/^web +✗ 1 of 2 +– +✗ 0 of 2 +✗ stopped$/m);
});

test("without a drill nothing is said, drawn or written of one", () => {
  expect(renderTerminal(without, { colour: false, width: 100 })).not.toMatch(/survived/);
  expect(markdown(without, [])).not.toMatch(/Game day/);
  expect(chart.draw(without)).toBeNull();
  expect(sheet(without)).toBeNull();
});

test("the sheet has a row for each promise in each trial, and one for a trial that was stopped", () => {
  expect(sheet(result)!.rows).toHaveLength(5 * 2 + 1);
});
