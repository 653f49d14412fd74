/** What every arrival process must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { MINUTE, SECOND } from "../../src/kernel/time.ts";
import { arrivalProcesses, arrivalsSchema } from "../../src/model/arrivals/index.ts";
import { make } from "../../src/schema/definition.ts";
import { instantsOf } from "../support/arrivals.ts";

const surge = {
  kind: "profile",
  points: [["0 s", "5 rps"], ["10 s", "50 rps"], ["10 s", "0 rps"], ["20 s", "0 rps"], ["20 s", "30 rps"]],
}; // prettier-ignore

describe.each(arrivalProcesses.map(({ kind }) => kind))("%s", (kind) => {
  const open = (rate: unknown, stream = "arrivals") =>
    make(arrivalProcesses, arrivalsSchema.parse({ kind, rate }), {
      random: new Random(stream),
      duration: 1 * MINUTE,
    });

  test("arrivals come in whole ticks and in order", () => {
    const instants = instantsOf(open(surge), 1 * MINUTE);
    expect(instants.length).toBeGreaterThan(1000);
    instants.forEach((instant, index) => {
      expect(Number.isSafeInteger(instant)).toBe(true);
      expect(instant).toBeGreaterThanOrEqual(index === 0 ? 0 : instants[index - 1]!);
    });
  });

  test("as many come as the rate says, give or take", () => {
    // 275 on the ramp, none until 20 s, then 40 s at 30 a second; five deviations of Poisson are 192.
    const instants = instantsOf(open(surge), 1 * MINUTE);
    expect(Math.abs(instants.length - 1475)).toBeLessThan(192);
  });

  test("none come where the rate is zero", () => {
    const quiet = instantsOf(open(surge), 1 * MINUTE).filter(
      (instant) => instant > 10 * SECOND && instant < 20 * SECOND,
    );
    expect(quiet).toEqual([]);
  });

  test("at rate zero, or after the last of them, the next never comes", () => {
    expect(open("0 rps").next(0)).toBe(Infinity);
    const over = { kind: "profile", points: [["0 s", "9 rps"], ["1 s", "0 rps"]] }; // prettier-ignore
    expect(open(over).next(2 * SECOND)).toBe(Infinity);
  });

  test("asked from a later instant, none before it comes", () => {
    expect(open("10 rps").next(30 * SECOND)).toBeGreaterThanOrEqual(30 * SECOND);
  });

  test("the same stream gives the same arrivals", () => {
    const run = () => instantsOf(open(surge, "again"), 1 * MINUTE);
    expect(run()).toEqual(run());
  });
});

test("Poisson is meant when nothing is said", () => {
  expect(arrivalsSchema.parse({ rate: "800 rps" })).toEqual({
    kind: "poisson",
    rate: { kind: "constant", value: 800 },
  });
});
