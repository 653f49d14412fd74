import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Durations, Histogram, valueOf } from "../../src/statistics/histogram.ts";

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

const UP_TO = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("a histogram", () => {
  test("counts, sums and remembers the extremes exactly", () => {
    const histogram = histogramOf([7, 3, 1e9, 0, 5]);
    expect(histogram.count).toBe(5);
    expect(histogram.sum).toBe(1_000_000_015);
    expect(histogram.min).toBe(0);
    expect(histogram.max).toBe(1e9);
    expect(histogram.mean).toBe(200_000_003);
  });

  test("has no mean, extremes or quantiles while empty", () => {
    const { mean, min, max, count, sum } = new Histogram();
    expect({ mean, min, max, count, sum }).toEqual({
      mean: null,
      min: null,
      max: null,
      count: 0,
      sum: 0,
    });
    expect(new Histogram().quantile(0.5)).toBeNull();
    expect(new Histogram().isEmpty).toBe(true);
    expect(histogramOf([0]).isEmpty).toBe(false);
  });

  test("says a lone value exactly, at every quantile", () => {
    const histogram = histogramOf([9_000_000]);
    expect([0, 0.5, 0.99, 1].map((p) => histogram.quantile(p))).toEqual([9e6, 9e6, 9e6, 9e6]);
  });

  test("says the smallest and largest value exactly, not the middle of their bucket", () => {
    const histogram = histogramOf([1025, 5000, 70_001]);
    expect(histogram.quantile(0)).toBe(1025);
    expect(histogram.quantile(1)).toBe(70_001);
    expect(histogramOf([1024, 1030, 1e9]).quantile(0.5)).toBe(1028);
    expect(histogramOf([0, 70_001, 1e9, 70_000]).quantile(1)).toBe(1e9);
  });

  test("keeps waits of zero apart from short waits", () => {
    const histogram = histogramOf([0, 0, 0, 100, 100]);
    expect(histogram.quantile(0.6)).toBe(0);
    expect(histogram.quantile(0.61)).toBeGreaterThan(99);
  });

  test("takes the nearest rank, also where p · count is rounded up by the processor", () => {
    // Values 1 to 100 have buckets of their own; 0.07 · 100 is 7.000000000000001.
    expect(histogramOf(UP_TO(100)).quantile(0.07)).toBeCloseTo(7, 1);
    expect(histogramOf(UP_TO(100)).quantile(0.071)).toBeCloseTo(8, 1);
  });

  test("tells neighbouring buckets apart and holds the widths it promises", () => {
    // 1024 to 2048 has 128 buckets 8 wide: 1024 and 1031 share one, 1032 is in the next.
    const middle = (value: number) => histogramOf([1, value, value, 1e9]).quantile(0.5);
    expect(middle(1024)).toBe(1028);
    expect(middle(1031)).toBe(1028);
    expect(middle(1032)).toBe(1036);
  });

  test("reaches from 1 ns to 2^53 ns and puts what is longer into the last bucket", () => {
    const ends = histogramOf([1, 1, 1, 2 ** 53, 2 ** 53, 2 ** 60]);
    expect(ends.quantile(0.5)).toBeCloseTo(1, 2);
    expect(ends.quantile(0.6)! / 2 ** 53).toBeCloseTo(1, 2);
    expect(ends.max).toBe(2 ** 60);
    expect(histogramOf([1, 2 ** 60, 2 ** 60, 2 ** 61]).quantile(0.6)).toBeGreaterThan(2 ** 53);
  });

  test("refuses what is not a duration", () => {
    expect(() => new Histogram().record(-1)).toThrow("durations are numbers from 0");
    expect(() => new Histogram().record(Number.NaN)).toThrow("durations are numbers from 0");
    expect(() => new Histogram().quantile(50)).toThrow("share from 0 to 1");
    expect(() => new Histogram().quantile(-0.1)).toThrow("share from 0 to 1");
  });

  test("forgets everything on reset and can be used again", () => {
    const histogram = histogramOf([5, 1e6, 0]);
    histogram.reset();
    expect(histogram.toSparse()).toEqual(new Histogram().toSparse());
    histogram.record(1e3);
    expect(histogram.quantile(0.5)).toBe(1e3);
  });

  test("has nothing left of its highest bucket after a reset", () => {
    const histogram = histogramOf([5, 1e6]);
    histogram.reset();
    expect(histogram.isEmpty).toBe(true);
    histogram.record(5);
    histogram.record(1e6);
    expect(histogram.count).toBe(2);
  });
});

describe("as plain data", () => {
  test("lists the buckets that have a count, numbered by octave and place", () => {
    // 1 starts octave 0, 1024 octave 10 with 128 buckets 8 wide each; one more for what is below 1.
    expect(histogramOf([0, 1, 1024, 1030, 1032]).toSparse()).toEqual({
      indices: Int32Array.of(0, 1, 1281, 1282),
      counts: Float64Array.of(1, 1, 2, 1),
      count: 5,
      sum: 3087,
      min: 0,
      max: 1032,
    });
    expect([...histogramOf([2 ** 60]).toSparse().indices]).toEqual([54 * 128]);
  });

  test("each number stands for the middle of its bucket, 0 for waits of zero", () => {
    new Histogram().record(1000 / 3); // leaves low bits behind in the scratch word
    expect([0, 1281, 1282].map(valueOf)).toEqual([0, 1028, 1036]);
  });
});

test("a column makes room for what it is asked, and keeps its memory where it has enough", () => {
  const column = new Durations();
  const { values } = column;
  column.reserve(values.length);
  expect(column.values).toBe(values);
  column.reserve(values.length + 1);
  expect(column.values.length).toBeGreaterThan(values.length);
  column.values[values.length] = 1024;
  expect(column.words.buffer).toBe(column.values.buffer);
  column.values.fill(3, 0, values.length);
  const histogram = new Histogram();
  histogram.recordAll(column, values.length + 1);
  expect([histogram.count, histogram.max]).toEqual([values.length + 1, 1024]);
});

const durations = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 2000 }),
    fc.double({ min: 0, max: 2 ** 53, noNaN: true }),
    fc.integer({ min: 0, max: 52 }).map((octave) => 2 ** octave),
    // Its low word reads like the high word of 1024.
    fc.constant(2 ** 52 + 0x40900000),
  ),
  { minLength: 1, maxLength: 200 },
);
const fixed = { seed: 1, numRuns: 300 };

describe("against a sorted list of the values", () => {
  test("every quantile is within 0.4 % of the value at its rank", () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, p) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(p * sorted.length * (1 - 1e-14)) - 1]!;
        const told = histogramOf(values).quantile(p)!;
        // Below 1 ns everything is one bucket.
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact < 1 ? 1 : exact / 256);
      }),
      fixed,
    );
  });

  test("merging is recording both", () => {
    fc.assert(
      fc.property(durations, durations, (some, others) => {
        const whole = some.map(Math.floor);
        const rest = others.map(Math.floor);
        const merged = histogramOf(whole);
        merged.merge(histogramOf(rest));
        const { sum: mergedSum, ...told } = merged.toSparse();
        const { sum, ...direct } = histogramOf([...whole, ...rest]).toSparse();
        expect(told).toEqual(direct);
        expect(mergedSum / (sum || 1)).toBeCloseTo(sum === 0 ? 0 : 1, 12);
      }),
      fixed,
    );
  });

  test("a column is recorded as its values one by one are, on top of what there was", () => {
    fc.assert(
      fc.property(durations, durations, (before, values) => {
        const column = new Durations();
        column.reserve(values.length);
        column.values.set(values);
        const histogram = histogramOf(before);
        histogram.recordAll(column, values.length);
        expect(histogram.toSparse()).toEqual(histogramOf([...before, ...values]).toSparse());
      }),
      fixed,
    );
  });

  test("zeros counted together are zeros counted one by one", () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 0, max: 9 }), (before, zeros) => {
        for (const values of [before, []]) {
          const histogram = histogramOf(values);
          histogram.recordZeros(zeros);
          const oneByOne = histogramOf([...values, ...new Array<number>(zeros).fill(0)]);
          expect(histogram.toSparse()).toEqual(oneByOne.toSparse());
        }
      }),
      fixed,
    );
  });

  test("nothing is lost on the way through a structured clone", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sparse = histogramOf(values).toSparse();
        expect(Histogram.fromSparse(structuredClone(sparse)).toSparse()).toEqual(sparse);
      }),
      fixed,
    );
  });
});

test("an empty histogram survives a clone and merges as nothing", () => {
  const histogram = histogramOf([3, 4]);
  histogram.merge(Histogram.fromSparse(structuredClone(new Histogram().toSparse())));
  expect(histogram.toSparse()).toEqual(histogramOf([3, 4]).toSparse());
});
