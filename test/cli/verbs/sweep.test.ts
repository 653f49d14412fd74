/** Many cells, on any number of workers, in one go or in two. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sweepSchema } from "../../../src/experiment/sweepResult.ts";
import { inside } from "../inside.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const base = ["sweep", join(scenarios, "erlang-c.yaml"), "--quiet", "--set", "run.duration=30 s"];
const short = [...base, "--set", "run.warm-up=0 s", "--replications", "2"];
const slots = ["--vary", "parts.tills.slots=7..10"];

let place: string;
beforeAll(() => void (place = mkdtempSync(join(tmpdir(), "loadstar-sweep-"))));
afterAll(() => rmSync(place, { recursive: true }));

/** Without a process, and with one thread. */
const alone = (words: string[]) => inside([...words, "--jobs", "1"]);

const swept = async (words: string[]) => {
  const { stdout } = await alone([...short, ...words, "--json", "--no-report"]);
  return sweepSchema.parse(JSON.parse(stdout));
};

test("a sweep resumed gives the bytes of one in one go, for any number of jobs", async () => {
  const out = join(place, "whole");
  const whole = await loadstar([...short, ...slots, "--out", out, "--jobs", "1"]);
  expect(whole.code).toBe(0);
  const folder = join(out, "erlang-c");
  const [name] = readdirSync(folder);
  const bytes = readFileSync(join(folder, name!, "sweep.json"), "utf8");
  rmSync(join(folder, name!), { recursive: true });
  // As if killed after cells 6, 3 and 0 of eight, in the middle of writing cell 1.
  await alone([...short, ...slots, "--out", out, "--shard", "1/1"]);
  const kept = `${join(folder, name!)}.jsonl`;
  const [head, ...lines] = readFileSync(kept, "utf8").split("\n");
  const few = [head, lines[6], lines[3], lines[0], lines[1]!.slice(0, 40)];
  writeFileSync(kept, few.join("\n"));
  const refused = await alone([...short, ...slots, "--out", out]);
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("--resume")]);
  const resumed = await loadstar([...short, ...slots, "--out", out, "--jobs", "2", "--resume"]);
  expect(resumed.stderr).toContain("resumed: 3 of 8 cells were kept");
  expect(resumed.stdout).toBe(whole.stdout);
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name!, "sweep.json"), "utf8")).toBe(bytes);
});

test("what another question kept is not taken for an answer", async () => {
  const out = join(place, "other");
  await alone([...short, ...slots, "--out", out, "--shard", "1/2"]);
  const folder = join(out, "erlang-c");
  const kept = join(folder, readdirSync(folder)[0]!);
  writeFileSync(kept, readFileSync(kept, "utf8").replace(/\n.*$/s, "\n"));
  const other = await alone([
    ...base,
    "--set",
    "run.warm-up=0 s",
    ...slots,
    "--replications",
    "3",
    "--out",
    out,
    "--shard",
    "1/2",
  ]);
  expect(other.code).toBe(0); // another file
  renameSync(kept, `${kept}.mine`);
  const [theirs] = readdirSync(folder).filter((name) => name.endsWith("1-of-2.jsonl"));
  renameSync(join(folder, theirs!), kept);
  const refused = await alone([...short, ...slots, "--out", out, "--shard", "1/2", "--resume"]);
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("another question")]);
});

test("the input that matters is named", async () => {
  const other = ["--vary", "run.confidence=90 %,95 %"];
  const { sensitivity, cells } = await swept([...slots, ...other]);
  expect(cells).toHaveLength(8);
  const { shares } = sensitivity.find(({ metric }) => metric === "mean")!;
  expect(shares[0]).toMatchObject({ path: "parts.tills.slots" });
  expect(shares[0]!.share).toBeCloseTo(1, 6); // the confidence of intervals changes no mean
});

test("a cell that meets a limit is told and stops nobody else", async () => {
  const { cells } = await swept([
    "--vary",
    "parts.tills.slots=1,10",
    "--set",
    "run.limits.calls=200",
  ]);
  expect(cells[0]).toMatchObject({
    met: false,
    estimates: [],
    stopped: expect.stringContaining("limit"),
  });
  expect(cells[1]!.stopped).toBeNull();
});

test.each([
  [["--vary", "parts.tills.slots=9..1"], 2, "must rise"],
  [["--vary", "parts.tills.slots=8,eight"], 3, "parts.tills.slots"],
  [["--vary", "parts.tills.slots=1..9999", "--vary", "run.window=1 s..9 s"], 2, "cells"],
])("%j ends with %i", async (words, code, why) => {
  const ended = await alone([...short, ...words, "--no-report"]);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(why)]);
});
