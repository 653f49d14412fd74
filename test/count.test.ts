import { expect, test } from "vitest";
import type { TestModule } from "vitest/node";
import { count } from "./count.ts";

/** A test file as vitest reports it, as far as counting looks. */
function file(states: string[], { errors = 0, suiteErrors = 0 } = {}): TestModule {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const suites = [{ errors: () => new Array(suiteErrors) }];
  const children = { allTests: () => tests, allSuites: () => suites };
  return { children, errors: () => new Array(errors) } as unknown as TestModule;
}

test.each([
  ["tests by their state", [file(["passed", "failed", "skipped"])], 0, "failed", 1, 1],
  ["everything passed", [file(["passed"]), file(["passed"])], 0, "passed", 2, 0],
  ["a file that does not load", [file([], { errors: 2 }), file(["passed"])], 0, "failed", 1, 1],
  ["a suite whose set-up breaks", [file(["skipped"], { suiteErrors: 1 })], 0, "failed", 0, 1],
  ["a failure outside every test", [file(["passed"])], 1, "failed", 1, 1],
  ["a run that ended early", [file(["passed"])], 0, "interrupted", 1, 1],
  ["no test at all", [], 0, "failed", 0, 1],
] as const)("%s", (_, modules, stray, reason, passed, failed) => {
  expect(count(modules, stray, reason)).toEqual({ passed, failed });
});
