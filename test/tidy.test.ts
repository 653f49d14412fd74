/** The house rules hold everywhere, and each rule can tell a bad line from a good one. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Allowances, Source } from "./tidy.ts";
import {
  heavyPackages,
  loadedWith,
  tooLong,
  unfinished,
  unrepeatable,
  wrongArrows,
} from "./tidy.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Exceptions from the ban on what may differ between runs: file, name, reason. */
const allowances: Allowances = {
  "src/experiment/worker.ts": {
    performance: "decides when progress is told and what travels together, and nothing else",
  },
  "src/schema/format.ts": { "**": "small whole powers of ten are exact in every engine" },
};

function sourcesUnder(folder: string, endings: RegExp): Source[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => endings.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, "utf8") }));
}

const sources = sourcesUnder("src", /\.ts$/);
const everything = [
  ...sources,
  ...sourcesUnder("test", /\.(ts|js)$/),
  ...sourcesUnder("bench", /\.ts$/),
  ...sourcesUnder("scenarios", /\.(yaml|md)$/),
];

describe("in this repository", () => {
  test("there are sources to look at", () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  test("rooms import only along the arrows", () => {
    expect(sources.flatMap(wrongArrows)).toEqual([]);
  });

  test("nothing outside cli uses a clock, chance, the environment or inexact mathematics", () => {
    expect(sources.flatMap((source) => unrepeatable(source, allowances))).toEqual([]);
  });

  test("no allowance outlives its reason", () => {
    const used = (path: string, name: string) =>
      sources.some((source) => source.path === path && source.text.includes(name));
    for (const [path, names] of Object.entries(allowances))
      for (const name of Object.keys(names))
        expect(used(path, name), `${path} no longer uses ${name}`).toBe(true);
  });

  test("no file is past four hundred lines", () => {
    expect(everything.filter(({ path }) => path.endsWith(".ts")).flatMap(tooLong)).toEqual([]);
  });

  test("nothing is left unfinished", () => {
    expect(everything.flatMap(unfinished)).toEqual([]);
  });

  test("help and typos load no heavy package and no other room's weight", () => {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const ways = loadedWith("src/cli/main.ts", byPath);
    const heavy = [...ways].filter(([target]) =>
      heavyPackages.some((name) => target === name || target.startsWith(`${name}/`)),
    );
    expect(heavy.map(([, way]) => `${way.join(" → ")}: use await import in the verb`)).toEqual([]);
    expect(ways.has("yargs")).toBe(true);
  });
});

const sample = (path: string, text: string): Source => ({ path, text });

describe("the rule about arrows", () => {
  test.each([
    ["a static import", 'import { a } from "../model/a.ts";'],
    ["a type", 'import type { A } from "../model/a.ts";'],
    ["a re-export", 'export { a } from "../model/a.ts";'],
    ["a dynamic import", 'const a = await import("../model/a.ts");'],
    ["an import type", 'type A = import("../model/a.ts").A;'],
  ])("sees %s from kernel to model", (_, text) => {
    expect(wrongArrows(sample("src/kernel/loop.ts", `\n${text}`))).toEqual([
      "src/kernel/loop.ts:2: kernel may not import src/model/a.ts; it may import " +
        "no other room: what is needed belongs there",
    ]);
  });

  test("lets report see the Result and nothing else of experiment", () => {
    const from = (target: string) =>
      wrongArrows(sample("src/report/page.ts", `import { x } from "../experiment/${target}";`));
    expect(from("result.ts")).toEqual([]);
    expect(from("pool.ts")).toHaveLength(1);
  });

  test("lets a folder of a room import from its own room, and the library's gate from everywhere", () => {
    expect(wrongArrows(sample("src/model/parts/web.ts", 'import "../call.ts";'))).toEqual([]);
    expect(wrongArrows(sample("src/index.ts", 'import "./experiment/pool.ts";'))).toEqual([]);
  });

  test("does not know rooms that are not in the table", () => {
    expect(wrongArrows(sample("src/utilities/a.ts", ""))).toHaveLength(1);
  });
});

describe("the rule about repeatability", () => {
  test.each([
    "const a = Math.log(2);",
    "const a = Math.random();",
    "const { exp } = Math;",
    "const f = Math['pow'];",
    "const a = b ** 0.5;",
    "const a = b ** c;",
    "const a = b ** 2;",
    "a **= c;",
    "const a = Date.now();",
    "const a = new Date(0);",
    "const a = performance.now();",
    "console.log(1);",
    "const a = process.env.HOME;",
    "names.sort((a, b) => a.localeCompare(b));",
    "const a = (5).toLocaleString();",
    "const a = new Intl.NumberFormat();",
  ])("refuses %s", (line) => {
    const complaints = unrepeatable(sample("src/model/a.ts", `\n\n${line}`));
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(/^src\/model\/a\.ts:3: /);
  });

  test.each([
    "const a = Math.floor(b) + Math.sqrt(c);",
    "const a = 2 ** places;",
    "const a = 10n ** BigInt(places);",
    "// Math.log, Date and console are only mentioned",
    'const a = "process";',
    "queue.process(call);",
    "class Queue { process() {} }",
    "const a = { console: 1 };",
  ])("accepts %s", (line) => {
    expect(unrepeatable(sample("src/model/a.ts", line))).toEqual([]);
  });

  test("lets cli read the clock, but not a random number", () => {
    expect(unrepeatable(sample("src/cli/a.ts", "performance.now(); process.argv;"))).toEqual([]);
    expect(unrepeatable(sample("src/cli/a.ts", "Math.random();"))).toHaveLength(1);
  });

  test("lets a file use what it was allowed, and nothing more", () => {
    const allowed = { "src/report/a.ts": { Date: "reads a given instant" } };
    const text = "new Date(given); console.log();";
    expect(unrepeatable(sample("src/report/a.ts", text), allowed)).toHaveLength(1);
  });
});

test("the rule about length counts lines", () => {
  expect(tooLong(sample("src/model/a.ts", "a;\n".repeat(400)))).toEqual([]);
  expect(tooLong(sample("src/model/a.ts", "a;\n".repeat(401)))).toHaveLength(1);
});

test("the rule about unfinished work sees the words alone, in any case", () => {
  const line = (text: string) => unfinished(sample("src/a.ts", text));
  expect(line(`// ${"TO" + "DO"}: later`)).toHaveLength(1);
  expect(line(`a ${"st" + "ub"} for now`)).toHaveLength(1);
  expect(line("a stubborn customer in a todoist")).toEqual([]);
});

test("what a file loads is followed through static imports alone", () => {
  const files = [
    sample("src/cli/main.ts", 'import "./a.ts"; import type { B } from "./b.ts";'),
    sample("src/cli/a.ts", 'import "vega"; const later = () => import("mathjs");'),
    sample("src/cli/b.ts", 'import "zod";'),
  ];
  const ways = loadedWith("src/cli/main.ts", new Map(files.map((file) => [file.path, file])));
  expect([...ways.keys()]).toEqual(["src/cli/main.ts", "src/cli/a.ts", "vega"]);
  expect(ways.get("vega")).toEqual(["src/cli/main.ts", "src/cli/a.ts", "vega"]);
});
