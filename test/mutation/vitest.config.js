/**
 * Runs the test files named in TESTS, in that order, and says which fell; the first ends the run.
 * They share what they load, and what was compiled once is not compiled again.
 */
import { defineConfig } from "vitest/config";

const tests = process.env["TESTS"].split(",");

class AsNamed {
  shard(specifications) {
    return specifications;
  }
  sort(specifications) {
    const place = ({ moduleId }) => tests.findIndex((test) => moduleId.endsWith(`/${test}`));
    return specifications.toSorted((a, b) => place(a) - place(b));
  }
}

const tellFallen = {
  onTestRunEnd(modules, stray) {
    const fallen = modules.filter((module) => module.state() === "failed");
    for (const { relativeModuleId } of fallen) process.stdout.write(`fell ${relativeModuleId}\n`);
    if (stray.length > 0) process.stdout.write("fell outside every test\n");
  },
};

export default defineConfig({
  logLevel: "error",
  test: {
    include: tests,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { inline: [/@actions\//] } },
    pool: "threads",
    reporters: [tellFallen],
    sequence: { sequencer: AsNamed },
    bail: 1,
    isolate: false,
    fileParallelism: false,
    experimental: { fsModuleCache: true },
  },
});
