/** What is said of runs that begin to measure too early, and of single ones. */
import { describe, expect, test } from "vitest";
import { run } from "../../../src/index.ts";

/** M/M/1 at 95 %: relaxation takes 1 / (100/s · (1 - √0.95)²) = 15 s. */
const till = (run: object) => ({
  title: "A busy till",
  run: { duration: "5 min", ...run },
  workloads: { shoppers: { to: "till", arrivals: { rate: "95 rps" } } },
  parts: { till: { kind: "service", slots: 1, work: { kind: "exponential", mean: "10 ms" } } },
});

const said = async (run_: object, more: object = {}) =>
  (await run({ ...till(run_), ...more })).warnings.join("\n");

describe("a warm-up", () => {
  /** A cache that is cold: each of its thousand pages is first asked for after 10 s, on average. */
  const cold = {
    workloads: {
      shoppers: {
        to: "pages",
        arrivals: { rate: "100 rps" },
        mix: { get: { share: "100 %", keys: { kind: "uniform", items: 1000 } } },
      },
    },
    parts: {
      pages: { kind: "cache", capacity: 1000, lookup: "1 ms", behind: "store" },
      store: { kind: "service", slots: 100, work: "20 ms" },
    },
  };

  test("that is missing is told, with what it should have been", async () => {
    const warnings = await said({ replications: 5 }, cold);
    const [, seconds] = /no warm-up.*by MSER-5 the platform settles after (\d+)/.exec(warnings)!;
    // The share of cold pages falls as exp(-t / 10 s): after 30 s it is 5 %, after 100 s nothing.
    expect(Number(seconds)).toBeGreaterThan(30);
    expect(Number(seconds)).toBeLessThan(100);
    expect(warnings).toContain("until then latency is higher than later");
  });

  test("that is too short is told, and one that is long enough is not", async () => {
    const short = await said({ replications: 5, "warm-up": "10 s" }, cold);
    expect(short).toContain("The warm-up of 10 s is too short");
    expect(await said({ replications: 5, "warm-up": "100 s" }, cold)).toBe("");
    expect(await said({ replications: 20, "warm-up": "100 s" })).toBe("");
  });

  test("is nobody's business while a crash, a scaler or the demand changes everything", async () => {
    const crash = [{ kind: "crash", of: "till", at: "1 min", repair: "1 s" }];
    expect(await said({ replications: 20 }, { faults: crash })).toBe("");
    const rate = { kind: "profile", points: [["0 min", "10 rps"], ["5 min", "90 rps"]] }; // prettier-ignore
    const workloads = { shoppers: { to: "till", arrivals: { rate } } };
    expect(await said({ replications: 20 }, { workloads })).toBe("");
  });
});

describe("a single run", () => {
  const calm = { shoppers: { to: "till", arrivals: { rate: "20 rps" } } };

  test("has an interval by batch means where they do not remember, and a word of caution", async () => {
    const warnings = await said({}, { workloads: calm });
    // M/M/1 with 20 of 100 a second: 12.5 ms
    const [, mean, halfWidth] = /mean latency ([\d.]+) ms ± ([\d.]+) ms/
      .exec(warnings)!
      .map(Number);
    expect(Math.abs(mean! - 12.5)).toBeLessThan(2 * halfWidth!);
    expect(warnings).toContain("hold less often than they say");
  });

  test("has none where demand changes", async () => {
    const warnings = await said({}, { faults: [{ kind: "crash", of: "till", at: "1 min" }] });
    expect(warnings).toMatch(/One run.*ask for replications\.$/);
  });
});
