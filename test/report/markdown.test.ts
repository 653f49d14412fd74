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

test("the summary says when a fault was noticed, and why what followed was done", () => {
  const result = sampleResult({ clock: null });
  const event = { replication: 0, part: "web", instance: "web-2", until: null };
  result.events = [
    { ...event, at: 300, plane: "fate", what: "crash", reason: "replaced after 60 s" },
    { ...event, at: 304.5, plane: "health", what: "marked down", reason: "3 probes: refused" },
    { ...event, at: 999, plane: "fleet", what: "ready", reason: "elsewhere", replication: 1 },
  ];
  const rows = markdown(result, []).split("\n");
  const from = rows.findIndex((row) => row.includes("noticed after"));
  expect(rows.slice(from + 2, from + 5)).toEqual([
    "| 05:00 | crash · web-2 | 4.5 s | replaced after 60 s |",
    "| 05:04 | marked down · web-2 |  | 3 probes: refused |",
    "",
  ]);
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

test("guards and breakers have a table, and only where there are any", () => {
  const sample = sampleResult();
  expect(markdown(sample, [])).toContain("| web | lane |");
  expect(markdown(sample, [])).toContain("| stock | breakers of its callers |");
  const parts = sample.parts.map(({ guards: _, calls: { neverSent: __, ...calls }, ...part }) => {
    return { ...part, calls };
  });
  expect(markdown({ ...sample, parts }, [])).not.toContain("turned away");
});

test("disks and networks have a table where calls use them", () => {
  const sample = sampleResult();
  expect(markdown(sample, [])).toContain("| stock | 43.1 % | – |");
  const parts = sample.parts.map(({ hardware: _, ...part }) => part);
  expect(markdown({ ...sample, parts }, [])).not.toContain("Disks");
});
