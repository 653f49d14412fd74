import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inside } from "../inside.ts";
import { loadstar } from "../loadstar.ts";

let place: string;
beforeEach(() => (place = mkdtempSync(join(tmpdir(), "loadstar-init-"))));
afterEach(() => rmSync(place, { recursive: true }));

test("the starter has no mistakes, runs, and keeps its promise", async () => {
  const made = await loadstar(["init"], { cwd: place });
  expect(made).toMatchObject({ code: 0, stdout: "scenario.yaml\n" });
  const checked = await inside(["check", "scenario.yaml"], place);
  expect(checked.stdout).toBe("scenario.yaml: no mistakes\n");
  const run = await loadstar(["run", "scenario.yaml", "--quiet", "--no-report"], { cwd: place });
  expect(run).toMatchObject({ code: 0, stderr: "" });
});

test("its first line leads editors to the schema that is written beside it", async () => {
  await inside(["init", "plans/spring.yaml"], place);
  const [first = ""] = readFileSync(join(place, "plans/spring.yaml"), "utf8").split("\n");
  const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(first)?.[1] ?? "";
  expect(JSON.parse(readFileSync(join(place, "plans", schema), "utf8"))).toBeTypeOf("object");
});

test("a folder gets the usual name", async () => {
  await inside(["init", "plans"], place);
  expect(existsSync(join(place, "plans", "scenario.yaml"))).toBe(true);
});

test("what is there already is never overwritten", async () => {
  writeFileSync(join(place, "scenario.yaml"), "mine");
  const { code, stderr } = await inside(["init"], place);
  expect([code, stderr]).toEqual([
    4,
    "loadstar: scenario.yaml: is there already and is not overwritten\n",
  ]);
  expect(readFileSync(join(place, "scenario.yaml"), "utf8")).toBe("mine");
  expect(readdirSync(place)).toEqual(["scenario.yaml"]);
});
