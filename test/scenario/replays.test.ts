/** Demand replayed from files, from a scenario in a folder to its result. */
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, ScenarioError, type Result } from "../../src/index.ts";
import { manifest } from "../../src/report/manifest.ts";
import { resolvedScenario } from "../../src/report/resolved.ts";
import { folderWith } from "../support/folder.ts";

const requests = "at,kind,item\n0.5,browse,1\n1.25,checkout,2\n1.25,browse,1\n3.5,checkout,2\n";
const counts =
  "timestamp,value\n2014-04-10 00:00:00,20\n2014-04-10 00:00:10,0\n2014-04-10 00:00:20,40\n";

const arrivalsOf = {
  kind: "replay",
  file: "requests.csv",
  columns: { time: "at", class: "kind", key: "item" },
};

function shop(arrivals: object): object {
  return {
    title: "A replay",
    run: { duration: "100 s", window: "10 s" },
    workloads: {
      shoppers: {
        to: "web",
        arrivals,
        mix: { browse: { share: "50 %" }, checkout: { share: "50 %" } },
      },
    },
    parts: {
      web: { kind: "service", slots: 1, operations: { browse: [{ call: "memory.get" }], checkout: [{ work: "100 ms" }] } },
      memory: { kind: "cache", behind: "store", lookup: "0 s" },
      store: { kind: "database", slots: 9, read: "50 ms" },
    },
  };
} // prettier-ignore

/** Runs a scenario that lies in a folder. */
function played(folder: string, arrivals: object, options: object = {}): Promise<Result> {
  return run(shop(arrivals), { file: join(folder, "night.yaml"), ...options });
}

/** Each mistake as a message says it, without the folder. */
async function mistakes(folder: string, arrivals: object): Promise<string[]> {
  const problem: unknown = await played(folder, arrivals).catch((thrown: unknown) => thrown);
  if (!(problem instanceof ScenarioError)) throw problem;
  return problem.message
    .split("\n")
    .filter((line) => line.includes("error:"))
    .map((line) => line.replace(`${folder}/`, ""));
}

test("a table of requests brings its rows, with their classes and items", async () => {
  const result = await played(folderWith({ "requests.csv": requests }), arrivalsOf);
  expect(result.classes.map(({ name, generated }) => [name, generated])).toEqual([
    ["browse", 2],
    ["checkout", 2],
  ]);
  expect(result.warnings.join()).not.toContain("no request has any");
  // The second look at item 1, three quarters of a second later, is a hit.
  expect(result.parts.find(({ name }) => name === "memory")!.cache).toMatchObject({ hits: 1, misses: 1 });
}); // prettier-ignore

test("rows tell the work they bring, which every part may ask for, through retries too", async () => {
  const rows = "at,kind,took\n4,browse,400\n1,browse,250\n3,browse,1.5\n2,browse,\n";
  const columns = { time: "at", class: "kind", work: "took" };
  const arrivals = { ...arrivalsOf, columns, "work-unit": "ms", "sort-within": "5 s" };
  const set = [
    "parts.web.operations.browse=[{ call: 'store.read', timeout: 300 ms, retry: { attempts: 2 } }, { requested-work: 10 ms }]",
    "parts.store={ kind: service, slots: 9, operations: { read: [{ requested-work: 20 ms }] } }",
  ];
  const folder = folderWith({ "requests.csv": rows });
  const { classes } = await played(folder, arrivals, { set });
  // Twice 250 ms, 20 + 10 ms, twice 1.5 ms, and two attempts of 400 ms that are too slow.
  expect(classes[0]!.latency.max).toBeCloseTo(0.5, 9);
  expect(classes[0]!.latency.mean).toBeCloseTo((0.5 + 0.03 + 0.003) / 3, 9);
  expect(classes[0]!.failed).toEqual({ error: 1 });
  writeFileSync(join(folder, "requests.csv"), rows.replace("250", "-3").replace("400", "3600001"));
  const field = "error: workloads.shoppers.arrivals.file:";
  expect(await mistakes(folder, arrivals)).toEqual([
    `requests.csv:2:1: ${field} "3600001" is no work; expected a number, at most an hour`,
    `requests.csv:3:1: ${field} "-3" is no work; expected a number, at most an hour`,
  ]);
});

test("tables may be separated by semicolons, of requests and of rates", async () => {
  const semicolons = (text: string) => text.replaceAll(",", ";");
  const folder = folderWith({
    "requests.csv": semicolons(requests),
    "counts.csv": semicolons(counts),
  });
  const single = await played(folder, { ...arrivalsOf, separator: ";" });
  expect(single.classes.map(({ generated }) => generated)).toEqual([2, 2]);
  const rate = { kind: "replay", file: "counts.csv", interval: "10 s", separator: ";" };
  expect((await played(folder, { kind: "deterministic", rate })).total.generated).toBe(60);
});

test("a cache is warned of where the rows name no item", async () => {
  const columns = { time: "at", class: "kind" };
  const { warnings } = await played(folderWith({ "requests.csv": requests }), { ...arrivalsOf, columns });
  expect(warnings.join()).toContain("keeps real keys but no request has any");
}); // prettier-ignore

test("a table of counts is a rate: 20 in the first ten seconds, 40 in the third, then none", async () => {
  const rate = { kind: "replay", file: "counts.csv", interval: "10 s" };
  const folder = folderWith({ "counts.csv": counts });
  const { windows } = await played(folder, { kind: "deterministic", rate });
  const born = windows.classes["all"]!.arrivals.map((perSecond) => perSecond! * 10);
  // The n-th comes when n are expected: the 20th and the 60th at the very ends of their intervals.
  expect(born).toEqual([19, 1, 39, 1, 0, 0, 0, 0, 0, 0]);
});

test("it is scaled in time and in volume", async () => {
  const rate = { kind: "replay", file: "counts.csv", interval: "10 s", speed: 0.5, volume: 3, from: "10 s" };
  const folder = folderWith({ "counts.csv": counts });
  const { windows } = await played(folder, { kind: "deterministic", rate });
  const born = windows.classes["all"]!.arrivals.map((perSecond) => perSecond! * 10);
  expect(born).toEqual([0, 0, 59, 60, 1, 0, 0, 0, 0, 0]);
}); // prettier-ignore

test("missing intervals are mistakes, or filled as is said", async () => {
  const gappy = "timestamp,value\n0,10\n10,10\n40,30\n";
  const folder = folderWith({ "counts.csv": gappy });
  const replay = { kind: "replay", file: "counts.csv", interval: "10 s" };
  const born = async (gaps: string) => {
    const rate = { ...replay, gaps };
    const { total } = await played(folder, { kind: "deterministic", rate });
    return total.generated;
  };
  expect(await mistakes(folder, { rate: replay })).toEqual([
    "counts.csv:4:1: error: workloads.shoppers.arrivals.rate.file: nothing is told of 20 s before it; expected a row every 10 s, or gaps: zero, hold or line",
  ]);
  expect(await born("zero")).toBe(50);
  expect(await born("hold")).toBe(70);
  expect(await born("line")).toBe(90); // from 1 to 3 a second over 20 s
});

test("every wrong row is told at its line, all at once", async () => {
  const rows = ["at,kind,item", "0,browse,1", "noon,browse,1", "2,brose,1", "1,browse,1", "", "9,checkout,2"];
  const folder = folderWith({ "requests.csv": rows.join("\n") });
  const field = "error: workloads.shoppers.arrivals.file:";
  expect(await mistakes(folder, { ...arrivalsOf, "longest-gap": "5 s" })).toEqual([
    `requests.csv:3:1: ${field} "noon" is no time; expected a number or a date such as 2026-11-11 00:00:00`,
    `requests.csv:4:1: ${field} there is no class "brose" in the mix; there is browse, checkout`,
    `requests.csv:7:1: ${field} nothing comes for 8 s before it; expected 5 s at most, or gaps: cut`,
  ]);
}); // prettier-ignore

test("rows out of order are told, and only the first twenty of many", async () => {
  const folder = folderWith({
    "requests.csv": "at,kind,item\n5,,\n3.5,,\n",
    "wrong.csv": `timestamp\n${"x\n".repeat(1000)}`,
    "log.txt": 'not a log\n192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5\n',
  });
  const field = "error: workloads.shoppers.arrivals.file:";
  expect(await mistakes(folder, arrivalsOf)).toEqual([
    `requests.csv:3:1: ${field} its time is 1.5 s before that of a row above; expected rows in order, or a sort-within of at least that`,
  ]);
  expect(await mistakes(folder, { kind: "replay", file: "wrong.csv" })).toHaveLength(20);
  expect(await mistakes(folder, { kind: "replay", file: "log.txt", format: "access-log" })).toEqual([
    `log.txt:1:1: ${field} "not a log" is no line of an access log; expected host - user [time] "request" status bytes`,
  ]);
}); // prettier-ignore

test("columns and classes that are not there are told with what may be meant", async () => {
  const folder = folderWith({ "requests.csv": requests });
  expect(await mistakes(folder, { kind: "replay", file: "requests.csv" })).toEqual([
    'requests.csv:1:1: error: workloads.shoppers.arrivals.file: there is no column "timestamp"; there is at, kind, item',
  ]);
  const paths = { chekout: ["/pay"] };
  const [said] = await mistakes(folder, { ...arrivalsOf, format: "access-log", paths });
  expect(said).toContain('there is no request class "chekout"; there is browse, checkout; did you mean "checkout"?'); // prettier-ignore
});

test("nothing outside the folder of the scenario is read, and nothing that is no file", async () => {
  const folder = folderWith({ "secret.csv": requests, "inner/night.yaml": "" });
  const inner = join(folder, "inner");
  symlinkSync(join(folder, "secret.csv"), join(inner, "link.csv"));
  for (const file of ["../secret.csv", join(folder, "secret.csv"), "link.csv", "a/../../secret.csv"]) {
    const [said] = await mistakes(inner, { ...arrivalsOf, file });
    expect(said).toContain("it is outside the scenario's folder, which is not read");
  }
  expect((await mistakes(inner, { ...arrivalsOf, file: "." }))[0]).toContain("it is no file");
  expect((await mistakes(inner, { ...arrivalsOf, file: "no.csv" }))[0]).toContain("there is no such file");
  await expect(run(shop(arrivalsOf))).rejects.toThrow("a scenario without a folder has no files beside it");
}); // prettier-ignore

test("another file of the same name is another run, and the manifest tells which", async () => {
  const folder = folderWith({ "requests.csv": requests });
  const one = await played(folder, arrivalsOf);
  const again = await played(folder, arrivalsOf);
  writeFileSync(join(folder, "requests.csv"), requests.replace("3.5", "3.6"));
  const other = await played(folder, arrivalsOf);
  expect([again.runId, again.fingerprint]).toEqual([one.runId, one.fingerprint]);
  expect(other.runId).not.toBe(one.runId);
  expect(JSON.stringify(other.resolved)).toBe(JSON.stringify(one.resolved));
  const told = JSON.parse(manifest(other, new Map())) as { replayed: Record<string, string> };
  expect(told.replayed).toEqual({ "requests.csv": other.files[0]!.sha256 });
  expect(other.files[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the resolved scenario of a report names what it replays, and beside that runs as before", async () => {
  const first = await played(folderWith({ "requests.csv": requests }), arrivalsOf);
  const resolved = await resolvedScenario(first);
  expect(resolved).toContain(`\n#   "requests.csv"  sha256 ${first.files[0]!.sha256}\n`);
  const folder = folderWith({ "requests.csv": requests });
  const again = await run(resolved, { file: join(folder, "scenario.resolved.yaml") });
  expect(again.fingerprint).toBe(first.fingerprint);
});
