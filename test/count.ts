/**
 * The last line of `npm test`: "N passed, N failed", for people and for scripts.
 *
 * A file that could not be loaded and a failure outside every test count as failed, so that
 * "0 failed" always means that everything was tried and went well.
 */
import type { SerializedError } from "vitest";
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

export default class Count implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    stray: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const { passed, failed } = count(modules, stray.length, reason);
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}

/** Passed and failed tests, with whatever else went wrong counted among the failed. */
export function count(
  modules: readonly TestModule[],
  stray: number,
  reason: TestRunEndReason,
): { passed: number; failed: number } {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
  const broken = modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((group) => group.errors().length > 0).length;
  const failed = inState("failed") + broken + stray;
  return { passed: inState("passed"), failed: reason === "passed" ? failed : Math.max(1, failed) };
}
