/** What every distribution must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { Random } from "../../src/kernel/random.ts";
import { make } from "../../src/schema/definition.ts";
import { distributions, distributionSchema } from "../../src/statistics/distributions/index.ts";
import { contains, studentInterval, wilsonInterval } from "../../src/statistics/intervals.ts";
import {
  gammaFunction,
  gammaProbability,
  normalProbability,
} from "../../src/statistics/specialFunctions.ts";

/** As users write it, with the probability of at most x milliseconds where it has a closed form. */
interface Example {
  readonly written: { readonly kind: string; readonly [option: string]: unknown };
  readonly cdf?: (ms: number) => number;
}

const examples: readonly Example[] = [
  { written: { kind: "constant", value: "9 ms" }, cdf: (x) => (x >= 9 ? 1 : 0) },
  { written: { kind: "exponential", mean: "10 ms" }, cdf: (x) => 1 - Math.exp(-x / 10) },
  {
    written: { kind: "erlang", mean: "10 ms", phases: 3 },
    cdf: (x) => 1 - Math.exp(-0.3 * x) * (1 + 0.3 * x + (0.3 * x) ** 2 / 2),
  },
  // Shapes 4 and 1/4: above and below 1 the sampler goes different ways.
  { written: { kind: "gamma", mean: "10 ms", cv: 0.5 }, cdf: (x) => gammaProbability(4, 0.4 * x) },
  {
    written: { kind: "gamma", mean: "10 ms", cv: 2 },
    cdf: (x) => gammaProbability(0.25, 0.025 * x),
  },
  {
    // σ² = ln 2, median 10 / √2.
    written: { kind: "lognormal", mean: "10 ms", cv: 1 },
    cdf: (x) => normalProbability(Math.log((x * Math.SQRT2) / 10) / Math.sqrt(Math.log(2))),
  },
  {
    // scv 4: the quick share is (1 + √0.6) / 2.
    written: { kind: "hyperexponential", mean: "10 ms", cv: 2 },
    cdf(x) {
      const quick = (1 + Math.sqrt(0.6)) / 2;
      const slow = 1 - quick;
      return 1 - quick * Math.exp((-2 * quick * x) / 10) - slow * Math.exp((-2 * slow * x) / 10);
    },
  },
  {
    written: { kind: "weibull", mean: "10 ms", shape: 0.7 },
    cdf: (x) => 1 - Math.exp(-(((x * gammaFunction(1 + 1 / 0.7)) / 10) ** 0.7)),
  },
  {
    written: { kind: "weibull", mean: "10 ms", shape: 3 },
    cdf: (x) => 1 - Math.exp(-(((x * gammaFunction(4 / 3)) / 10) ** 3)),
  },
  {
    written: { kind: "pareto", minimum: "8 ms", shape: 8 },
    cdf: (x) => (x < 8 ? 0 : 1 - (8 / x) ** 8),
  },
  {
    written: { kind: "pareto", minimum: "2 ms", shape: 1.5 },
    cdf: (x) => (x < 2 ? 0 : 1 - (2 / x) ** 1.5),
  },
  {
    written: { kind: "uniform", from: "4 ms", to: "16 ms" },
    cdf: (x) => Math.min(1, Math.max(0, (x - 4) / 12)),
  },
  {
    // Three in four spread over 1 to 7 ms, one in four exactly 30 ms.
    written: {
      kind: "empirical",
      quantiles: [
        ["0 %", "1 ms"],
        ["75 %", "7 ms"],
        ["75 %", "30 ms"],
        ["100 %", "30 ms"],
      ],
    },
    cdf: (x) => (x >= 30 ? 1 : Math.min(0.75, Math.max(0, (0.75 * (x - 1)) / 6))),
  },
];

/** For a member without an example here: the first example of each of its fields. */
function fromFields(member: (typeof distributions)[number]): Example {
  const { kind: _, ...fields } = member.schema.shape as Record<string, z.ZodType>;
  const options = Object.entries(fields).map(([key, field]) => {
    const [first] = (field.meta()?.["examples"] ?? []) as unknown[];
    return [key, first];
  });
  return { written: { kind: member.kind, ...Object.fromEntries(options) } };
}

const cases = distributions.flatMap((member) => {
  const own = examples.filter(({ written }) => written.kind === member.kind);
  return own.length > 0 ? own : [fromFields(member)];
});

function open({ written }: Example, stream: string) {
  const spec = distributionSchema.parse(written);
  return make(distributions, spec, { random: new Random(`distribution/${stream}`) });
}

const REPLICATIONS = 20;
const SAMPLES = 10_000;
const MILLISECOND = 1e6;

describe.each(cases.map((example) => [JSON.stringify(example.written), example] as const))(
  "%s",
  (_, example) => {
    /** Means over replications of some function of a sample. */
    const averages = (of: (sample: number) => number) =>
      Array.from({ length: REPLICATIONS }, (_, replication) => {
        const made = open(example, String(replication));
        let sum = 0;
        for (let i = 0; i < SAMPLES; i += 1) sum += of(made.sample());
        return sum / SAMPLES;
      });

    test("samples are durations, and the same stream gives the same", () => {
      const draw = () => {
        const made = open(example, "again");
        return Array.from({ length: 1000 }, () => made.sample());
      };
      const samples = draw();
      expect(samples.every((sample) => Number.isFinite(sample) && sample >= 0)).toBe(true);
      expect(draw()).toEqual(samples);
    });

    test("samples have the mean and the variability it states", () => {
      const { mean, scv } = open(example, "stated");
      const { mean: found } = studentInterval(averages(Number), 0.999);
      if (scv === 0) return expect(found).toBeCloseTo(mean, 3);
      // Without a variance no interval for the mean can be built; the shares below still hold.
      if (scv === Infinity) return;
      expect(contains(studentInterval(averages(Number), 0.999), mean)).toBe(true);
      const square = (sample: number) => (sample / mean) ** 2;
      expect(contains(studentInterval(averages(square), 0.999), 1 + scv)).toBe(true);
    });

    const { cdf } = example;
    test.skipIf(!cdf)("samples lie below each level as often as its law says", () => {
      const made = open(example, "law");
      const samples = Array.from({ length: 100_000 }, () => made.sample() / MILLISECOND);
      for (const level of [0.5, 2, 5, 9, 10, 15, 25, 50]) {
        const below = samples.filter((sample) => sample <= level).length;
        const { low, high } = wilsonInterval(below, samples.length, 0.9999);
        expect(cdf!(level)).toBeGreaterThanOrEqual(low - 1e-12);
        expect(cdf!(level)).toBeLessThanOrEqual(high + 1e-12);
      }
    });
  },
);

describe("the family", () => {
  test("takes a duration alone as a constant, and writes it back so", () => {
    expect(distributionSchema.parse("9 ms")).toEqual({ kind: "constant", value: 9e6 });
    expect(distributionSchema.parse("1h30m")).toEqual({ kind: "constant", value: 5400e9 });
    expect(distributionSchema.encode({ kind: "constant", value: 9e6 })).toBe("9 ms");
  });

  test("refuses a bare number and an unknown kind", () => {
    expect(distributionSchema.safeParse(9).success).toBe(false);
    expect(distributionSchema.safeParse({ kind: "gama", mean: "4 ms" }).success).toBe(false);
  });

  test("has words for the manual for every member", () => {
    for (const { summary } of distributions) expect(summary).toMatch(/^[A-Z].*\.$/);
  });
});
