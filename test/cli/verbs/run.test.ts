import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultSchema } from "../../../src/experiment/result.ts";
import { inside } from "../inside.ts";
import type { Ended } from "../loadstar.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const mm1 = join(scenarios, "mm1.yaml");
/** Seconds of simulated time are enough to see whether bytes agree. */
const short = ["--set", "run.duration=60 s", "--set", "run.warm-up=5 s", "--replications", "3"];

let place: string;
let out: string;
/** Drawing a report takes seconds, so one run is looked at from many sides. */
let first: Ended;

const drawn = (jobs: string, env: Record<string, string>) =>
  loadstar(["run", mm1, ...short, "--out", out, "--jobs", jobs], { env });

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "loadstar-run-"));
  out = join(place, "reports");
  first = await drawn("1", { TZ: "Asia/Tokyo", LANG: "C" });
});
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

describe("a run", () => {
  test("answers on stdout, tells progress and the report's path on stderr", () => {
    const { code, stdout, stderr } = first;
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/simulated|report\.html/);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toMatch(/simulated 100 %/);
    const path = /^report: (.*)$/m.exec(stderr)?.[1] ?? "";
    expect(path).toMatch(/mm1\/[0-9a-f]{12}\/report\.html$/);
    expect(readFileSync(path, "utf8")).toContain("<html");
  });

  test("leaves its folder and nothing else", () => {
    expect(readdirSync(out)).toEqual(["mm1"]);
    expect(readdirSync(join(out, "mm1"))).toHaveLength(1);
  });

  test("gives the same bytes for any number of jobs, time zone and language, over the old ones", async () => {
    const before = bytesUnder(out);
    const language = { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    const second = await drawn("2", { TZ: "America/New_York", ...language });
    expect(second.stdout).toBe(first.stdout);
    expect(Object.keys(before).length).toBeGreaterThan(5);
    expect(bytesUnder(out)).toEqual(before);
  });

  test("under --json prints one document, the Result, and nothing on stderr when quiet", async () => {
    const words = ["run", mm1, ...short, "--json", "--quiet", "--no-report"];
    const cwd = mkdtempSync(join(place, "json-"));
    const { code, stdout, stderr } = await loadstar(words, { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result.run.replications).toBe(3);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("takes the seed as text and another seed gives another run", async () => {
    const seeded = async (seed: string) => {
      const words = ["run", mm1, ...short, "--json", "--no-report", "--jobs", "1", "--seed", seed];
      return resultSchema.parse(JSON.parse((await inside(words)).stdout));
    };
    const [a, b] = [await seeded("007"), await seeded("0x7")];
    expect([a.seed, b.seed]).toEqual(["007", "0x7"]);
    expect(a.fingerprint).not.toBe(b.fingerprint);
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

  test("with a missed objective ends with 99 and still answers", async () => {
    const missed = ["--set", "objectives=[{ latency: p50, below: 1 us }]"];
    const words = ["run", mm1, ...short, ...missed, "--no-report", "--quiet"];
    const { code, stdout, stderr } = await loadstar(words);
    expect([code, stderr]).toEqual([99, ""]);
    expect(stdout).toContain("p50");
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("interrupted by %s ends with %i and leaves nothing", async (signal, expected) => {
    const nowhere = mkdtempSync(join(place, "interrupted-"));
    const words = ["run", mm1, "--replications", "100", "--jobs", "2", "--out", nowhere];
    const { code, stdout, stderr } = await loadstar([...words, "--set", "run.duration=20 min"], {
      signal,
    });
    expect(stderr).toContain("interrupted; nothing was written");
    expect([code, stdout, readdirSync(nowhere)]).toEqual([expected, "", []]);
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
  const saved = () => join(out, "mm1", readdirSync(join(out, "mm1"))[0] as string);

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
    const { code, stderr } = await inside(["report", copy]);
    expect(stderr).toContain(why);
    expect(code).toBe(4);
    expect(readdirSync(copy)).toEqual(["result.json"]);
  });
});
