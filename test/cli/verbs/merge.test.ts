/** Shards of every verb that has them, joined in reverse, against the same question in one go. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../../support/folder.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const place = folderWith({});
const short = ["--quiet", "--set", "run.duration=20 s", "--set", "run.warm-up=0 s"];

/** Every file below a folder, by its path. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "latin1")]),
  );
}

async function partsOf(words: string[], out: string, count: number): Promise<string[]> {
  for (let at = 1; at <= count; at++) {
    const ended = await loadstar([...words, "--out", out, "--shard", `${at}/${count}`]);
    expect([ended.code, ended.stdout]).toEqual([0, ""]);
  }
  return Object.keys(filesIn(out))
    .toSorted()
    .map((name) => out + name);
}

test.each([
  ["run", ["run", join(scenarios, "erlang-c.yaml"), ...short, "--replications", "3"]],
  [
    "sweep",
    [
      "sweep",
      join(scenarios, "erlang-c.yaml"),
      ...short,
      "--replications",
      "1",
      "--vary",
      "parts.tills.slots=7..9",
    ],
  ],
  [
    "compare",
    [
      "compare",
      join(scenarios, "erlang-c.yaml"),
      join(scenarios, "mm1.yaml"),
      ...short,
      "--replications",
      "2",
    ],
  ],
])("the shards of %s give the bytes of one go", async (verb, words) => {
  const whole = join(place, verb, "whole");
  const said = await loadstar([...words, "--out", whole]);
  const parts = await partsOf(words, join(place, verb, "parts"), 3);
  expect(parts).toHaveLength(3);
  const out = join(place, verb, "merged");
  const merged = await loadstar(["merge", ...parts.toReversed(), "--quiet", "--out", out]);
  expect([merged.code, merged.stdout]).toEqual([said.code, said.stdout]);
  expect(filesIn(out)).toEqual(filesIn(whole));
});

test("a shard that is done is not simulated again, and what is no part is named", async () => {
  const words = ["run", join(scenarios, "mm1.yaml"), ...short, "--replications", "2"];
  const out = join(place, "again");
  const [first] = await partsOf(words, out, 2);
  const before = readFileSync(first!, "utf8");
  const again = await loadstar([...words, "--out", out, "--shard", "1/2"]);
  expect([again.code, readFileSync(first!, "utf8")]).toEqual([0, before]);
  mkdirSync(join(place, "strange"));
  const strange = join(place, "strange", "a.jsonl");
  writeFileSync(strange, '{"__proto__":{"format":"loadstar/part"}}\n');
  const refused = await loadstar(["merge", first!, strange]);
  expect([refused.code, refused.stderr]).toEqual([
    4,
    expect.stringContaining(`${strange}: is no part`),
  ]);
});

test("what decides its own number of runs has no shards", async () => {
  const words = ["run", join(scenarios, "mm1.yaml"), "--until", "p99 within 5 %", "--shard", "1/2"];
  const { code, stderr } = await loadstar(words);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--shard needs --replications")]);
});
