import { expect, test } from "vitest";
import { charts } from "../../src/report/charts/index.ts";
import { markdown, plain } from "../../src/report/markdown.ts";
import { sampleResult } from "./sample.ts";

test("the summary opens with the title and the verdict and shows the charts by relative path", () => {
  const lines = markdown(sampleResult(), charts).split("\n\n");
  expect(lines[0]).toMatch(/^# Double 11 at midnight/);
  expect(lines[1]).toMatch(/^\*\*✗ The promise was not kept: 1 of 2 objectives missed\.\*\*/);
  expect(lines.filter((line) => /\]\(charts\/[a-z]+\.svg\)$/.test(line))).toHaveLength(
    charts.length,
  );
});

test("every row of a table has as many cells as its heading, whatever a name holds", () => {
  const text = markdown(sampleResult({ hostileName: "a | b\n| c" }), []);
  const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
  for (const table of tables) {
    const widths = table.split("\n").map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(widths).size).toBe(1);
  }
});

test("a stranger's text is no markup, no image, no link and calls nobody", () => {
  expect(plain("<img src=x>")).toBe("&lt;img src=x&gt;");
  expect(plain("![x](y)")).toBe("\\!\\[x\\](y)");
  expect(plain("ask @team")).toBe("ask @<!-- -->team");
  expect(plain("1. a")).toBe("1\\. a");
  expect(plain("93.2 %")).toBe("93.2 %");
  expect(plain("# a\n- b")).toBe("\\# a - b");
});
