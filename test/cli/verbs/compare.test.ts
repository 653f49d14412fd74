/** Two things side by side, from the command line to the folder. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonSchema } from "../../../src/experiment/comparison.ts";
import { inside } from "../inside.ts";
import { loadstar, scenarios, type Ended } from "../loadstar.ts";

const erlang = join(scenarios, "erlang-c.yaml");
const short = ["--set", "run.duration=1 min", "--set", "run.warm-up=0 s", "--quiet"];

let place: string;
let two: Ended;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "loadstar-compare-"));
  two = await loadstar(["compare", erlang, ...short, "--replications", "5", "--out", place]);
});
afterAll(() => rmSync(place, { recursive: true }));

const compared = async (words: string[]) => {
  const ended = await inside(["compare", ...words, "--json", "--no-report"]);
  return { ...ended, comparison: comparisonSchema.parse(JSON.parse(ended.stdout)) };
};

describe("a scenario with variants", () => {
  test("is compared with all of them, and the answer is a folder", () => {
    expect(two.code).toBe(0);
    expect(two.stdout).toContain("eight-queues against base");
    const [folder] = readdirSync(join(place, "erlang-c"));
    expect(folder).toMatch(/^compare-[0-9a-f]{12}$/);
    const files = readdirSync(join(place, "erlang-c", folder!), { recursive: true });
    for (const file of ["report.html", "summary.md", "comparison.json", "manifest.json"])
      expect(files).toContain(file);
    const sheet = readFileSync(join(place, "erlang-c", folder!, "data/differences.csv"), "utf8");
    expect(sheet).toMatch(/eight-queues,p99,,s,/);
  });

  test("gives the same bytes on one worker and on two", async () => {
    const words = [erlang, ...short, "--replications", "5"];
    const one = await compared([...words, "--jobs", "1"]);
    const other = await compared([...words, "--jobs", "2"]);
    expect(one.stdout).toBe(other.stdout);
  });

  test("can be asked for some of them in any order", async () => {
    const { comparison } = await compared([
      erlang,
      ...short,
      "--jobs",
      "1",
      "--variants",
      "eight-queues,base",
    ]);
    expect(comparison.candidates.map(({ name }) => name)).toEqual(["eight-queues", "base"]);
    expect(comparison.differences.find(({ metric }) => metric === "p99")!.verdict).toBe("better");
  });
});

test("a scenario against itself has no difference", async () => {
  const words = ["compare", erlang, erlang, ...short, "--no-report", "--jobs", "1"];
  const { stdout, code } = await inside(words);
  expect([code, stdout]).toEqual([0, expect.stringContaining("There is no difference")]);
});

test("saved results are compared without simulating", async () => {
  const folders = ["1", "2"].map((seed) => join(place, `seed ${seed}`));
  for (const [at, folder] of folders.entries()) {
    const words = [erlang, ...short, "--replications", "4", "--seed", String(at + 1)];
    const { stdout } = await inside(["run", ...words, "--jobs", "1", "--json", "--no-report"]);
    mkdirSync(folder);
    writeFileSync(join(folder, "result.json"), stdout);
  }
  const { comparison } = await compared(folders);
  expect(comparison.paired).toBe(false);
  expect(comparison.candidates.map(({ name }) => name)).toEqual(["erlang-c", "erlang-c 2"]);
});

test("one thing alone is a wrong command", async () => {
  const { code, stderr } = await inside(["compare", join(scenarios, "mm1.yaml"), "--quiet"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("has no variants")]);
});
