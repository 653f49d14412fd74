/**
 * What strangers may send: it is refused with a reason or runs, it ends by itself, and it leaves
 * nothing behind when it is refused. What is refused before anything runs needs no process for that.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inside } from "./inside.ts";
import { loadstar, type Ended } from "./loadstar.ts";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "loadstar-hostile-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a text as a file of its own in an empty folder. */
function run(text: string) {
  return runIn((words, cwd) => loadstar(words, { cwd }), text);
}

/** The same without a process, for what never comes to run. */
function refusal(text: string, ...words: string[]) {
  return runIn(inside, text, ...words);
}

type How = (words: string[], cwd: string) => Promise<Ended>;

async function runIn(how: How, text: string, ...more: string[]) {
  const cwd = mkdtempSync(join(folder, "run-"));
  writeFileSync(join(cwd, "night.yaml"), text);
  const ended = await how(["run", "night.yaml", "--quiet", ...more], cwd);
  const [report] = readdirSync(cwd).includes("reports")
    ? readdirSync(join(cwd, "reports", "night"))
    : [];
  return { ...ended, report: report ? join(cwd, "reports", "night", report) : null };
}

/** The first message. */
const first = (stderr: string) => stderr.split("\n", 1)[0];

interface Changes {
  readonly run?: string;
  readonly rate?: string;
  readonly workload?: string;
  readonly web?: string;
  readonly more?: string;
}

function night({ run = "", rate = "50 rps", workload = "", web = "", more = "" }: Changes): string {
  return `\
title: A night
run: { duration: 10 s${run} }
workloads:
  shoppers: { to: web, arrivals: { rate: ${rate} }${workload} }
parts:
  web: { kind: service, slots: 4, work: 20 ms${web} }
${more}`;
}

const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"]
  .concat(
    [..."bcdefghi"].map((name, at) => `${name}: &${name} [${`*${"abcdefgh"[at]},`.repeat(9)}]`),
  )
  .join("\n");

test.each([
  ["20,000 open brackets", `a: ${"[".repeat(20_000)}`, "nested deeper than 64 levels"],
  ["aliases of aliases", bomb, "more than 100000 pieces"],
  [
    "a range in a formula",
    night({ rate: '{ kind: formula, of: "1:1e9", unit: rps }' }),
    "ranges cannot be used",
  ],
  [
    "chance in a formula",
    night({ rate: '{ kind: formula, of: "random()", unit: rps }' }),
    'no function "random"',
  ],
  ["a billion instances", night({ web: ", fleet: { instances: 1000000000 }" }), "at most 100000"],
  [
    "many large fleets",
    night({
      web: ", fleet: { instances: 60k }",
      more: "  app: { kind: service, slots: 1, work: 1 ms, fleet: { instances: 60k } }\n",
    }),
    "120,000 instances; expected at most 100,000 in all",
  ],
  [
    "a fleet that may grow too far",
    night({
      web: ", fleet: { instances: 60k }",
      more: "  app: { kind: service, slots: 1, work: 1 ms }\nautoscalers: { app: { kind: schedule, at: [[1 s, 60k]] } }\n",
    }),
    "120,000 instances",
  ],
  ["a billion replications", night({ run: ", replications: 1000000000" }), "at most 10000"],
  [
    "10^12 requests a second",
    night({ rate: "1e12 rps" }),
    "about 1.0e+13 requests are expected in one run; expected at most 10,000,000,000",
  ],
  ["windows of a nanosecond", night({ run: ", window: 1 ns" }), "at least 1 ms"],
  [
    "too many windows",
    night({ run: ", window: 1 ms" }).replace("10 s", "1 day"),
    "86,400,000 windows; expected at most 50,000",
  ],
  [
    "too many measurements",
    night({ run: ", window: 1 s, replications: 10000" }).replace("10 s", "3 min"),
    "3,600,000 measurements; expected at most 2,000,000",
  ],
  [
    "a billion items by Zipf's law",
    night({ workload: ", mix: { a: { share: 100 %, keys: { kind: zipf, items: 1000000000 } } }" }),
    "at most 10000000",
  ],
  [
    "a billion items in a cache",
    night({
      workload: ", mix: { get: { share: 100 %, keys: { kind: uniform, items: 1000000000 } } }",
      more: "  stock: { kind: database, slots: 4, read: 1 ms }\n  items: { kind: cache, ttl: 1 min, behind: stock.read }\n",
    }).replace("to: web", "to: items"),
    "tables of 15,259 MiB; expected at most 1,024 MiB",
  ],
  ["10^15 slots", night({}).replace("slots: 4", "slots: 1000000000000000"), "at most 1000000"],
  [
    "a chain of 2,000 parts",
    `title: A chain\nrun: { duration: 1 s }\nworkloads: { s: { to: p0, arrivals: { rate: 1 rps } } }\nparts:\n${Array.from({ length: 2000 }, (_, at) => `  p${at}: { kind: load-balancer, to: p${at + 1} }\n`).join("")}`,
    "found 2,000; expected at most 1,000",
  ],
])("%s: refused with the reason", async (_, text, reason) => {
  const { code, stderr, report } = await refusal(text);
  expect(first(stderr)).toContain(reason);
  expect(stderr).toContain("nothing was simulated");
  expect({ code, report }).toEqual({ code: 3, report: null });
});

test("a file of two megabytes is not read to its end", async () => {
  const { code, stderr, report } = await run(`title: ${"x".repeat(2 ** 21)}`);
  expect(stderr).toContain("larger than 1 MiB");
  expect({ code, report }).toEqual({ code: 4, report: null });
});

describe("a run that asks too much once it runs", () => {
  const fan = Array.from(
    { length: 12 },
    (_, at) =>
      `  p${at}: { kind: service, slots: 1M, operations: { default: [{ parallel: [${`{ call: p${at + 1} },`.repeat(10)}] }] } }\n`,
  ).join("");

  test.each([
    [
      "calls that call ten others each",
      night({
        run: ", limits: { calls: 10000 }",
        more: `${fan}  p12: { kind: service, slots: 1, work: 1 s }\n`,
      }).replace("to: web", "to: p0"),
      "10000 calls in flight",
    ],
    [
      "a queue without end",
      night({ rate: "100k rps", run: ", limits: { calls: 10000 }" }),
      "10000 calls in flight",
    ],
    ["more events than allowed", night({ run: ", limits: { events: 600 }" }), "600 events"],
    [
      "a queue full of calls whose clients have gone",
      `title: t
run: { duration: 100 s, limits: { calls: 500 } }
workloads: { all: { to: app, arrivals: { rate: 100 rps }, client: { timeout: 100 ms } } }
parts: { app: { kind: service, slots: 1, work: 1 s } }
`,
      "most calls (5",
    ],
    [
      "crashes every millisecond",
      night({
        more: "  app: { kind: service, slots: 1, work: 1 ms, fleet: { instances: 1000, start-up: 1 ns } }\nfaults: [{ kind: crash, of: app, time-between: { kind: constant, value: 1 ms }, repair: 1 ns }]\n",
      }),
      "200000 faults",
    ],
  ])("%s: says which limit it met, and how to raise it", async (_, text, limit) => {
    const { code, stderr, report } = await run(text);
    expect(stderr).toContain("the run met a limit at");
    expect(stderr).toContain(limit);
    expect(stderr).toContain("raise run.limits");
    expect({ code, report }).toEqual({ code: 3, report: null });
  });
});

describe("names that every object answers to", () => {
  const places: readonly (readonly [string, (word: string) => string])[] = [
    ["at the top", (word) => `${night({})}${word}: { polluted: 1 }\n`],
    ["as a part", (word) => `${night({})}  ${word}: { kind: service, slots: 1, work: 1 ms }\n`],
    ["as a class", (word) => night({ workload: `, mix: { ${word}: { share: 100 % } }` })],
    ["as a variant", (word) => night({ more: `variants: { ${word}: { parts.web.slots: 8 } }\n` })],
    [
      "in the path of a variant",
      (word) => night({ more: `variants: { a: { ${word}.polluted: 8 } }\n` }),
    ],
  ];
  const cases = places.flatMap(([where, text]) =>
    ["__proto__", "constructor", "prototype"].map((word) => [word, where, text(word)] as const),
  );

  test("are no names, wherever they stand", async () => {
    const cwd = mkdtempSync(join(folder, "names-"));
    const names = cases.map((_, at) => `${at}.yaml`);
    cases.forEach(([, , text], at) => writeFileSync(join(cwd, names[at]!), text));
    const { code, stdout } = await loadstar(["check", ...names, "--json"], { cwd });
    const issues = JSON.parse(stdout) as { file: string; message: string }[];
    expect(code).toBe(3);
    expect([...new Set(issues.map(({ file }) => file))]).toEqual(names);
    for (const { message } of issues)
      expect(message).toMatch(/cannot be a name|is not a path such/);
  });

  test.each(["__proto__.polluted=1", "parts.__proto__.slots=1", "parts.web.constructor=1"])(
    "are no path for --set %s",
    async (assignment) => {
      const { code, stderr } = await refusal(night({}), "--set", assignment);
      expect(first(stderr)).toContain("is not a path such as parts.web.slots");
      expect(code).toBe(3);
    },
  );
});

describe("a title that wants to be more than a title", () => {
  const evil = `</script><img src=x onerror=alert(1)> | [x](javascript:alert(1)) =cmd()`;
  const title = `title: ${JSON.stringify(`=cmd()${evil}\u001b]0;owned\u0007\u202e`)}`;

  test("is text on the page, in the summary, in tables and on the terminal", async () => {
    const { code, stdout, stderr, report } = await run(night({}).replace("title: A night", title));
    expect({ code, stderr: stderr.includes("error") }).toEqual({ code: 0, stderr: false });
    const read = (name: string) => readFileSync(join(report!, name), "utf8");
    expect(read("report.html")).not.toMatch(/<img|<script/);
    expect(read("summary.md")).not.toMatch(/<img|<script|[^\\]\]\(javascript/);
    expect(read("junit.xml")).not.toMatch(/<img|<script/);
    for (const name of readdirSync(join(report!, "data")))
      expect(read(join("data", name))).not.toMatch(/(^|,)"?[=@]/m);
    for (const name of readdirSync(join(report!, "charts")).filter((one) => one.endsWith(".svg")))
      expect(read(join("charts", name))).not.toMatch(/<img|<script/);
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

test.each([
  ["parts", night({ more: '  "=cmd()": { kind: service, slots: 1, work: 1 ms }\n' })],
  ["classes", night({ workload: ', mix: { "<b>": { share: 100 % } }' })],
  ["workloads", night({}).replace("shoppers", '"=cmd()"')],
  ["zones", night({ web: ', fleet: { zones: ["<b>"] }' })],
])("%s have names that cannot be markup or formulas", async (_, text) => {
  const { code, stderr } = await refusal(text);
  expect(first(stderr)).toContain("cannot be a name");
  expect(code).toBe(3);
});
