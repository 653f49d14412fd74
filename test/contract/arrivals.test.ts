/** What every arrival process must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "../../src/kernel/time.ts";
import { arrivalProcesses, arrivalsSchema } from "../../src/model/arrivals/index.ts";
import { arrivalsContext, arrivalsOf, instantsOf } from "../support/arrivals.ts";

const surge = {
  kind: "profile",
  points: [["0 s", "5 rps"], ["10 s", "50 rps"], ["10 s", "0 rps"], ["20 s", "0 rps"], ["20 s", "30 rps"]],
}; // prettier-ignore

const gaps = { kind: "erlang", mean: "1 h", phases: 4 };

/** As users write them, for processes that follow a rate. */
const following: readonly ((rate: unknown) => { kind: string })[] = [
  (rate) => ({ kind: "poisson", rate }),
  (rate) => ({ kind: "deterministic", rate }),
  (rate) => ({ kind: "renewal", gaps, rate }),
  (rate) => ({ kind: "batch", of: { rate }, size: 1 }),
  (rate) => ({ kind: "superposition", of: [{ rate }, { rate: "0 rps" }] }),
];

/** As users write them, with the arrivals expected in a minute and the standard deviation. */
const others = [
  // Counts of a renewal process have variance / mean = cv² of the gaps, here 1/4.
  { kind: "renewal", gaps: { kind: "erlang", mean: "50 ms", phases: 4 }, expected: 1200, sd: 18 },
  // Variance / mean of on-off tends to 1 + 2 λ off² on / (on + off)², here 1 + 2·40·0.3²·0.1/0.4² = 5.5.
  { kind: "on-off", rate: "40 rps", on: "100 ms", off: "300 ms", expected: 600, sd: 58 },
  { kind: "mmpp", states: [{ rate: "40 rps", holding: "100 ms" }, { rate: "0 rps", holding: "300 ms" }], expected: 600, sd: 58 },
  // Of batches: E[X²] / E[X] = 8.5 / 2.5.
  { kind: "batch", of: { rate: "4 rps" }, size: { kind: "listed", sizes: [["50 %", 1], ["50 %", 4]] }, expected: 600, sd: 46 },
  { kind: "superposition", of: [{ rate: "5 rps" }, { kind: "batch", of: { kind: "deterministic", rate: "1 rps" }, size: 3 }], expected: 480, sd: 18 },
]; // prettier-ignore

const cases = [
  ...following.map((write) => ({ ...write(surge), expected: 1475, sd: 39 })),
  ...others,
  { kind: "replay", file: "seconds.csv", volume: 2.5, expected: 150, sd: 4 },
].map(({ expected, sd, ...written }) => ({ name: JSON.stringify(written), written, expected, sd }));

test("every member has an example here", () => {
  const kinds = new Set(cases.map(({ written }) => written.kind));
  expect(kinds).toEqual(new Set(arrivalProcesses.map(({ kind }) => kind)));
});

describe.each(cases)("$name", ({ written, expected, sd }) => {
  test("arrivals come in whole ticks and in order", () => {
    const instants = instantsOf(arrivalsOf(written, "order"), 1 * MINUTE);
    expect(instants.length).toBeGreaterThan(100);
    instants.forEach((instant, index) => {
      expect(Number.isSafeInteger(instant)).toBe(true);
      expect(instant).toBeGreaterThanOrEqual(index === 0 ? 0 : instants[index - 1]!);
    });
  });

  test("as many come as it forecasts, give or take five deviations", () => {
    const spec = arrivalsSchema.parse(written);
    const process = arrivalProcesses.find(({ kind }) => kind === spec.kind)!;
    const forecast = process.expected(spec as never, arrivalsContext("forecast"));
    // Rows of a file are counted where they are checked.
    if (written.kind !== "replay")
      expect(Math.abs(forecast - expected)).toBeLessThan(0.002 * expected);
    const instants = instantsOf(arrivalsOf(written, "count"), 1 * MINUTE);
    expect(Math.abs(instants.length - expected)).toBeLessThan(5 * sd);
  });

  test("asked from a later instant, none before it comes", () => {
    expect(arrivalsOf(written, "later").next(30 * SECOND)).toBeGreaterThanOrEqual(30 * SECOND);
  });

  test("the same stream gives the same arrivals", () => {
    const run = () => instantsOf(arrivalsOf(written, "again"), 1 * MINUTE);
    expect(run()).toEqual(run());
  });
});

describe.each(following.map((write) => [write("…").kind, write] as const))("%s", (_, write) => {
  test("none come where the rate is zero", () => {
    const quiet = instantsOf(arrivalsOf(write(surge), "quiet"), 1 * MINUTE).filter(
      (instant) => instant > 10 * SECOND && instant < 20 * SECOND,
    );
    expect(quiet).toEqual([]);
  });

  test("at rate zero, or after the last of them, the next never comes", () => {
    expect(arrivalsOf(write("0 rps"), "none").next(0)).toBe(Infinity);
    const over = { kind: "profile", points: [["0 s", "9 rps"], ["1 s", "0 rps"]] }; // prettier-ignore
    expect(arrivalsOf(write(over), "over").next(2 * SECOND)).toBe(Infinity);
  });
});

test("Poisson is meant when nothing is said", () => {
  expect(arrivalsSchema.parse({ rate: "800 rps" })).toEqual({
    kind: "poisson",
    rate: { kind: "constant", value: 800 },
  });
});
