import { expect, test } from "vitest";
import { renderTerminal } from "../../src/report/terminal.ts";
import { sampleResult } from "./sample.ts";

const summary = (width: number) => renderTerminal(sampleResult(), { colour: false, width });

test("the verdict is the first line, the objectives follow, conservation is last", () => {
  const blocks = summary(80).trimEnd().split("\n\n");
  expect(blocks[0]).toMatch(/^✗ The promise was not kept: 1 of 2 objectives missed\.\n/);
  expect(blocks[0]).toContain("✗ 99.95 % of requests succeed: 93.2 % (");
  expect(blocks[0]).toContain("✓ p99 of checkout below 800 ms: 731 ms (730 ms ± 18.4 ms)");
  expect(blocks.at(-1)).toMatch(/requests = .* succeeded \+ .* failed \+ .* in flight;/);
});

test.each([80, 60, 120])("no line is longer than %i columns", (width) => {
  for (const line of summary(width).split("\n")) expect(line.length).toBeLessThanOrEqual(width);
});

test("colours are written only when asked for", () => {
  expect(summary(80)).not.toContain("\u001b");
  expect(renderTerminal(sampleResult(), { colour: true, width: 80 })).toContain("\u001b[31m✗");
});

test("a title cannot move the cursor", () => {
  const result = sampleResult({ title: "a\u001b[2J\u0007b" });
  expect(renderTerminal(result, { colour: false, width: 80 })).not.toMatch(/[\u001b\u0007]/);
});

test("a single run claims no interval, and no objectives give no verdict", () => {
  const single = sampleResult({ replications: 1 });
  expect(renderTerminal(single, { colour: false, width: 80 })).not.toContain("±");
  const open = { ...sampleResult(), objectives: [], met: null };
  expect(renderTerminal(open, { colour: false, width: 80 })).toMatch(/^○ Nothing was promised/);
});
