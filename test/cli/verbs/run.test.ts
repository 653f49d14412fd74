import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultSchema } from "../../../src/experiment/result.ts";
import type { Circumstances } from "../loadstar.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const mm1 = join(scenarios, "mm1.yaml");
/** Seconds of simulated time are enough to see whether bytes agree. */
const short = ["--set", "run.duration=60 s", "--set", "run.warm-up=5 s", "--replications", "3"];

let place: string;
beforeAll(() => (place = mkdtempSync(join(tmpdir(), "loadstar-run-"))));
afterAll(() => rmSync(place, { recursive: true }));

/** Every file below a folder with its bytes, as text that compares well. */
function bytesUnder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.toSorted().map((file) => [file.slice(folder.length), readFileSync(file, "base64")]),
  );
}

async function runInto(name: string, words: string[], how: Circumstances = {}) {
  const ended = await loadstar(["run", mm1, ...short, "--out", join(place, name), ...words], how);
  return { ...ended, files: bytesUnder(join(place, name)) };
}

describe("a run", () => {
  test("answers on stdout, tells progress and the report's path on stderr", async () => {
    const { code, stdout, stderr, files } = await runInto("streams", []);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/simulated|report\.html/);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toMatch(/simulated 100 %/);
    const path = /^report: (.*)$/m.exec(stderr)?.[1] ?? "";
    expect(readFileSync(path, "utf8")).toContain("<html");
    expect(path).toMatch(/mm1\/[0-9a-f]{12}\/report\.html$/);
    expect(Object.keys(files).some((name) => name.includes("partial"))).toBe(false);
  });

  test("gives the same bytes for any number of jobs, time zone and language", async () => {
    const one = await runInto("one", ["--jobs", "1"], { env: { TZ: "Asia/Tokyo", LANG: "C" } });
    const two = await runInto("two", ["--jobs", "2"], {
      env: { TZ: "America/New_York", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
    });
    expect(two.stdout).toBe(one.stdout);
    expect(Object.keys(one.files).length).toBeGreaterThan(5);
    expect(two.files).toEqual(one.files);
  });

  test("overwrites its own folder with the same bytes", async () => {
    const first = await runInto("again", []);
    const second = await runInto("again", []);
    expect(second.files).toEqual(first.files);
  });

  test("under --json prints one document, the Result, and nothing on stderr when quiet", async () => {
    const words = ["run", mm1, ...short, "--json", "--quiet", "--no-report"];
    const { code, stdout, stderr } = await loadstar(words, { cwd: place });
    expect([code, stderr]).toEqual([0, ""]);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result.run.replications).toBe(3);
    expect(readdirSync(place)).not.toContain("reports");
  });

  test("takes the seed as text and another seed gives another run", async () => {
    const words = (seed: string) => ["run", mm1, ...short, "--json", "--no-report", "--seed", seed];
    const results = await Promise.all(["007", "0x7"].map((seed) => loadstar(words(seed))));
    const [a, b] = results.map(({ stdout }) => resultSchema.parse(JSON.parse(stdout)));
    expect([a?.seed, b?.seed]).toEqual(["007", "0x7"]);
    expect(a?.fingerprint).not.toBe(b?.fingerprint);
  });

  test("reads a scenario from standard input", async () => {
    const input = readFileSync(mm1, "utf8");
    const words = ["run", "-", ...short, "--no-report", "--quiet"];
    const { code, stdout } = await loadstar(words, { input });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(0);
  });

  test("ends well although nobody reads its answer", async () => {
    const words = ["run", mm1, ...short, "--json", "--no-report", "--quiet"];
    expect(await loadstar(words, { deaf: true })).toMatchObject({ code: 0, stderr: "" });
  });

  test("with a missed objective ends with 99 and still writes its report", async () => {
    const { code, files } = await runInto("missed", [
      "--set",
      "objectives=[{ latency: p50, below: 1 us }]",
    ]);
    expect(code).toBe(99);
    expect(Object.keys(files).some((name) => name.endsWith("report.html"))).toBe(true);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("interrupted by %s ends with %i and leaves nothing", async (signal, expected) => {
    const out = mkdtempSync(join(place, "interrupted-"));
    const words = ["run", mm1, "--replications", "100", "--jobs", "2", "--out", out];
    const { code, stdout, stderr } = await loadstar([...words, "--set", "run.duration=20 min"], {
      signal,
    });
    expect(stderr).toContain("interrupted; nothing was written");
    expect([code, stdout, readdirSync(out)]).toEqual([expected, "", []]);
  });

  test("of a scenario with mistakes ends with 3, and all of them on stderr", async () => {
    const { code, stdout, stderr } = await loadstar(["run", "-"], {
      input: "parts: bad\nseed: []",
    });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/standard-input:1:\d+: error: /);
    expect(stderr).toMatch(/standard-input:2:\d+: error: /);
  });
});

describe("a report made again", () => {
  const saved = () => {
    const [run] = readdirSync(join(place, "again", "mm1"));
    return join(place, "again", "mm1", run as string);
  };

  test("has the same bytes as the one the run made", async () => {
    const out = join(place, "remade");
    expect(await loadstar(["report", saved(), "--out", out])).toMatchObject({
      code: 0,
      stdout: "",
    });
    expect(bytesUnder(out)).toEqual(bytesUnder(saved()));
  });

  test.each([
    ['"version": "1.0"', '"version": "2.0"', "has version 2.0; this Loadstar reads 1.x"],
    ['"loadstar/result"', '"k6"', "is no result of Loadstar"],
    ['"conservation"', '"conversation"', "is damaged at conservation"],
    ["{", "[", "is no result of Loadstar"],
  ])("refuses a result where %s became %s, and says why", async (from, to, why) => {
    const copy = mkdtempSync(join(place, "damaged-"));
    const text = readFileSync(join(saved(), "result.json"), "utf8").replace(from, to);
    writeFileSync(join(copy, "result.json"), text);
    const { code, stderr } = await loadstar(["report", copy]);
    expect(stderr).toContain(why);
    expect(code).toBe(4);
    expect(readdirSync(copy)).toEqual(["result.json"]);
  });
});
