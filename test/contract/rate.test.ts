/** What every rate over time must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { rates, rateSchema } from "../../src/model/rates/index.ts";
import { make } from "../../src/schema/definition.ts";
import { arrivalsContext } from "../support/arrivals.ts";

/** As users write it; at least one for every member. */
const examples = [
  "800 rps",
  { kind: "constant", value: "30/min" },
  { kind: "profile", points: [["10 s", "100 rps"]] },
  { kind: "profile", points: [["0 s", "0 rps"], ["20 s", "50 rps"], ["60 s", "10 rps"]] },
  { kind: "profile", points: [["5 s", "7 rps"], ["5 s", "70 rps"], ["30 s", "0 rps"], ["40 s", "0 rps"], ["50 s", "9 rps"]] },
  { kind: "profile", interpolation: "step", points: [["0 s", "4 rps"], ["10 s", "0 rps"], ["30 s", "8 rps"]] },
  { kind: "formula", of: "100 * (1 + 0.4 * sin(2 * pi * t / 60))", unit: "rps" },
  { kind: "formula", of: "max(0, 40 - t)", unit: "rps" },
  { kind: "daily", peak: "80 rps", trough: "10 %", begin: "23h59m30s", days: [1, 0, 1, 1, 1, 1, 1] },
  { kind: "flash-sale", at: "10 s", base: "5 rps", peak: "90 rps", ramp: "5 s", plateau: "10 s", waiting: 40 },
  { kind: "product", rate: { kind: "profile", points: [["0 s", "20 rps"], ["60 s", "80 rps"]] }, points: [["10 s", 1], ["10 s", 2], ["40 s", 0.5]] },
  { kind: "replay", file: "seconds.csv", interval: "1 s", from: "3500 ms" },
  { kind: "noisy", rate: "40 rps", cv: 0.5, every: "7 s" },
  { kind: "sum", of: ["3 rps", { kind: "noisy", rate: "9 rps", cv: 1, every: "11 s" }, { kind: "profile", points: [["20 s", "0 rps"], ["20 s", "7 rps"]] }] },
]; // prettier-ignore

const open = (written: unknown) => make(rates, rateSchema.parse(written), arrivalsContext("rate"));

test("every member has an example here", () => {
  const kinds = examples.map((written) => rateSchema.parse(written).kind);
  expect(new Set(kinds)).toEqual(new Set(rates.map(({ kind }) => kind)));
});

describe.each(examples.map((written) => [JSON.stringify(written), written] as const))(
  "%s",
  (_, written) => {
    const instants = Array.from({ length: 121 }, (_, half) => (half * SECOND) / 2);

    test("the rate is a number, never negative", () => {
      const curve = open(written);
      for (const time of instants) {
        expect(curve.at(time)).toBeGreaterThanOrEqual(0);
        expect(curve.at(time)).toBeLessThan(Infinity);
      }
    });

    test("between an instant and the one it advances to lies the mass asked for", () => {
      const curve = open(written);
      for (const from of instants.filter((_, index) => index % 7 === 0))
        for (const mass of [0.01, 1, 25]) {
          const until = curve.advance(from, mass);
          if (until === Infinity) continue;
          expect(area(curve.at.bind(curve), from, until)).toBeCloseTo(mass, 1);
        }
    });

    test("two advances go as far as one over both masses", () => {
      const curve = open(written);
      for (const from of instants) {
        const atOnce = curve.advance(from, 5);
        const between = curve.advance(from, 2);
        if (between === Infinity) expect(atOnce).toBe(Infinity);
        else if (atOnce === Infinity) expect(curve.advance(between, 3)).toBe(Infinity);
        else expect(Math.abs(curve.advance(between, 3) - atOnce)).toBeLessThan(1); // ns
      }
    });

    test("asking in any order gives the same answers", () => {
      const [forwards, backwards] = [open(written), open(written)];
      const ask = (curve: ReturnType<typeof open>, times: readonly number[]) =>
        times.map((time) => [time, curve.at(time), curve.advance(time, 1)]);
      expect(ask(backwards, instants.toReversed()).toReversed()).toEqual(ask(forwards, instants));
    });

    test("it never goes back, and no mass takes no time", () => {
      const curve = open(written);
      for (const from of instants) {
        expect(curve.advance(from, 1e-12)).toBeGreaterThanOrEqual(from);
        expect(curve.advance(from, 0)).toBeGreaterThanOrEqual(from);
      }
    });
  },
);

test("a rate alone means always that rate, and is written back so", () => {
  expect(rateSchema.parse("800 rps")).toEqual({ kind: "constant", value: 800 });
  expect(rateSchema.encode({ kind: "constant", value: 800 })).toBe("800 rps");
});

test("a bare number and an unknown kind are refused", () => {
  expect(rateSchema.safeParse(800).success).toBe(false);
  expect(rateSchema.safeParse({ kind: "sine" }).success).toBe(false);
});

/** Arrivals expected between two instants, by the midpoint rule. */
function area(at: (time: number) => number, from: number, until: number): number {
  const strips = 20_000;
  const width = (until - from) / strips;
  let sum = 0;
  for (let strip = 0; strip < strips; strip++) sum += at(from + (strip + 0.5) * width);
  return (sum * width) / SECOND;
}
