import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadstar, scenarios } from "../loadstar.ts";

const wrong = "title: 5 min\nparts: bad\nworkload: {}\n";

test("every scenario of the repository has no mistakes", async () => {
  const files = readdirSync(scenarios).filter((name) => name.endsWith(".yaml"));
  const { code, stdout } = await loadstar(["check", ...files], { cwd: scenarios });
  expect(stdout).toBe(files.map((file) => `${file}: no mistakes\n`).join(""));
  expect(code).toBe(0);
});

test("all mistakes are printed with their places, and the good files are named too", async () => {
  const words = ["check", "-", join(scenarios, "mm1.yaml")];
  const { code, stdout } = await loadstar(words, { input: wrong });
  expect(code).toBe(3);
  expect(stdout).toMatch(/standard-input:2:\d+: error: /);
  expect(stdout).toMatch(/standard-input:3:1: error: /);
  expect(stdout).toMatch(/mm1\.yaml: no mistakes\n$/);
});

test("under --json they are one list", async () => {
  const { code, stdout } = await loadstar(["check", "-", "--json"], { input: wrong });
  expect(code).toBe(3);
  const issues = JSON.parse(stdout) as { file: string; severity: string; path: string[] }[];
  expect(issues.length).toBeGreaterThan(1);
  expect(issues.map(({ path }) => path[0])).toContain("workload");
  expect(new Set(issues.map(({ severity }) => severity))).toEqual(new Set(["error"]));
});
