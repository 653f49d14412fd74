import { expect, test } from "vitest";
import { mermaid } from "../../src/report/mermaid.ts";
import { sampleResult } from "./sample.ts";

test("the flowchart has a box for every part, an arrow for every edge, and marks what was full", () => {
  const lines = mermaid(sampleResult())!.split("\n");
  expect(lines[0]).toBe("```mermaid");
  expect(lines).toContain('  w0(["shoppers"])');
  expect(lines).toContain('  p1["web<br/>service<br/>up to 100 #37; busy"]');
  expect(lines.filter((line) => line.includes("-->"))).toHaveLength(5);
  expect(lines).toContain("  class p1 full");
});

test("a name is text in it, whatever it holds", () => {
  const result = sampleResult();
  result.edges[0]!.from = 'a"] --> x["<b>\n```';
  expect(mermaid(result)!.split("\n")[2]).toBe(
    '  w0(["a#34;#93; --#62; x#91;#34;#60;b#62;#10;#96;#96;#96;"])',
  );
});

test("a result that does not say who calls whom has none", () => {
  expect(mermaid({ ...sampleResult(), edges: [] })).toBeNull();
});
