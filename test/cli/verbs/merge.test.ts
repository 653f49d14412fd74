/** Shards of every verb that has them, joined in reverse, against the same question in one go. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesIn, folderWith } from "../../support/folder.ts";
import { inside } from "../inside.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const place = folderWith({});
const short = ["--quiet", "--set", "run.duration=20 s", "--set", "run.warm-up=0 s"];

/** Without a process, and with one thread. */
const alone = (words: string[]) => inside([...words, "--jobs", "1"]);

async function partsOf(words: string[], out: string, count: number): Promise<string[]> {
  for (let at = 1; at <= count; at++) {
    const ended = await alone([...words, "--out", out, "--shard", `${at}/${count}`]);
    expect([ended.code, ended.stdout]).toEqual([0, ""]);
  }
  return Object.keys(filesIn(out))
    .toSorted()
    .map((name) => out + name);
}

test("the shards of a run give the files of one go, one by one", async () => {
  const soon = ["--set", "faults=[{ kind: crash, of: web, at: 15 s }]", "--replications", "3"];
  const words = ["run", join(scenarios, "node-crash.yaml"), ...short, ...soon];
  const whole = join(place, "whole");
  const said = await loadstar([...words, "--out", whole]);
  const parts = await partsOf(words, join(place, "parts"), 3);
  expect(parts).toHaveLength(3);
  const out = join(place, "merged");
  const merged = await loadstar(["merge", ...parts.toReversed(), "--quiet", "--out", out]);
  expect([merged.code, merged.stdout]).toEqual([said.code, said.stdout]);
  expect(filesIn(out)).toEqual(filesIn(whole));
});

const axis = ["--vary", "parts.tills.slots=7..9", "--replications", "1"];
test.each([
  ["sweep", [join(scenarios, "erlang-c.yaml"), ...axis]],
  ["compare", ["erlang-c.yaml", "mm1.yaml"].map((name) => join(scenarios, name))],
])("the shards of a %s give the bytes of one go", async (verb, question) => {
  const words = [
    verb,
    ...question,
    ...short,
    ...(verb === "compare" ? ["--replications", "2"] : []),
  ];
  const said = await alone([...words, "--no-report", "--json"]);
  const parts = await partsOf(words, join(place, verb), 2);
  const merged = await inside(["merge", ...parts.toReversed(), "--quiet", "--no-report", "--json"]);
  expect([merged.code, merged.stdout]).toEqual([said.code, said.stdout]);
});

test("a shard that is done is not simulated again, and what is no part is named", async () => {
  const words = ["run", join(scenarios, "mm1.yaml"), ...short, "--replications", "2"];
  const out = join(place, "again");
  const [first] = await partsOf(words, out, 1);
  const before = readFileSync(first!, "utf8");
  const again = await alone([...words, "--out", out, "--shard", "1/1"]);
  expect([again.code, readFileSync(first!, "utf8")]).toEqual([0, before]);
  mkdirSync(join(place, "strange"));
  const strange = join(place, "strange", "a.jsonl");
  writeFileSync(strange, '{"__proto__":{"format":"loadstar/part"}}\n');
  const refused = await inside(["merge", first!, strange]);
  expect([refused.code, refused.stderr]).toEqual([
    4,
    expect.stringContaining(`${strange}: is no part`),
  ]);
});

test("what decides its own number of runs has no shards", async () => {
  const words = ["run", join(scenarios, "mm1.yaml"), "--until", "p99 within 5 %", "--shard", "1/2"];
  const { code, stderr } = await inside(words);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--shard needs --replications")]);
});
