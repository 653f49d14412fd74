/** Many cells, on any number of workers, in one go or in two. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sweepSchema } from "../../../src/experiment/sweepResult.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const base = ["sweep", join(scenarios, "erlang-c.yaml"), "--quiet", "--set", "run.duration=30 s"];
const short = [...base, "--set", "run.warm-up=0 s", "--replications", "2"];
const slots = ["--vary", "parts.tills.slots=7..10"];

let place: string;
beforeAll(() => void (place = mkdtempSync(join(tmpdir(), "loadstar-sweep-"))));
afterAll(() => rmSync(place, { recursive: true }));

const swept = async (words: string[]) => {
  const { stdout } = await loadstar([...short, ...words, "--json", "--no-report"]);
  return sweepSchema.parse(JSON.parse(stdout));
};

test("a sweep resumed gives the bytes of one in one go, for any number of jobs", async () => {
  const out = join(place, "whole");
  const whole = await loadstar([...short, ...slots, "--out", out, "--jobs", "1"]);
  expect(whole.code).toBe(0);
  const folder = join(out, "erlang-c");
  const [name] = readdirSync(folder);
  const sweep = sweepSchema.parse(
    JSON.parse(readFileSync(join(folder, name!, "sweep.json"), "utf8")),
  );
  // As if killed after cells 3 and 0, in the middle of writing cell 1.
  const lines = [3, 0, 1].map((cell) => JSON.stringify(sweep.cells[cell]));
  rmSync(join(folder, name!), { recursive: true });
  writeFileSync(
    `${join(folder, name!)}.jsonl`,
    `${lines[0]}\n${lines[1]}\n${lines[2]!.slice(0, 40)}`,
  );
  const refused = await loadstar([...short, ...slots, "--out", out]);
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("--resume")]);
  const resumed = await loadstar([...short, ...slots, "--out", out, "--jobs", "2", "--resume"]);
  expect(resumed.stderr).toContain("resumed: 2 of 4 cells were kept");
  expect(resumed.stdout).toBe(whole.stdout);
  expect(readdirSync(folder)).toEqual([name]);
  expect(
    sweepSchema.parse(JSON.parse(readFileSync(join(folder, name!, "sweep.json"), "utf8"))),
  ).toEqual(sweep);
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
  const ended = await loadstar([...short, ...words, "--no-report"]);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(why)]);
});
