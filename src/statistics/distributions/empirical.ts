/**
 * A measured distribution, as the quantile table a dashboard shows: 0 % 1 ms, 50 % 4 ms, … 100 % 2 s.
 *
 * Between two rows the durations are spread evenly. The same share twice is a jump, so a table can
 * also say "80 % take exactly 1 ms, the others exactly 50 ms".
 */
import { wholeTicks } from "../../kernel/time.ts";
import { z } from "zod";
import { duration, share } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

type Row = readonly [share: number, value: number];

const quantiles = z
  .array(z.tuple([share("Share of durations at or below."), duration("The duration.")]))
  .min(2)
  .max(1000)
  .refine((rows) => rows[0]?.[0] === 0 && rows.at(-1)?.[0] === 1, {
    error: "the table must start at 0 % and end at 100 %",
  })
  .refine((rows) => rows.every((row, i) => i === 0 || follows(rows[i - 1]!, row)), {
    error: "shares and durations must not fall from one row to the next",
  })
  .describe("Rows of [share, duration] from 0 % to 100 %, rising; evenly spread in between.");

export const empirical = distribution({
  kind: "empirical",
  summary: "A measured distribution given as a table of quantiles, evenly spread between its rows.",
  options: { quantiles },
  create({ quantiles: rows }, { random }) {
    const mean = moment(rows, (a, b) => (a + b) / 2);
    const square = moment(rows, (a, b) => (a * a + a * b + b * b) / 3);
    return {
      mean,
      scv: mean === 0 ? 0 : square / (mean * mean) - 1,
      sample: () => wholeTicks(valueAt(rows, random.next())),
    };
  },
});

function follows(before: Row, after: Row): boolean {
  return after[0] >= before[0] && after[1] >= before[1];
}

/** A moment of the mixture of uniforms, given that of the uniform on [a, b]. */
function moment(rows: readonly Row[], ofUniform: (a: number, b: number) => number): number {
  let sum = 0;
  for (let i = 1; i < rows.length; i += 1) {
    const [before, after] = [rows[i - 1]!, rows[i]!];
    sum += (after[0] - before[0]) * ofUniform(before[1], after[1]);
  }
  return sum;
}

/** The duration below which a share of them lies, by bisection. */
function valueAt(rows: readonly Row[], wanted: number): number {
  let [low, high] = [0, rows.length - 1];
  // Invariant: rows[low].share <= wanted < rows[high].share.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rows[middle]![0] <= wanted) low = middle;
    else high = middle;
  }
  const [before, after] = [rows[low]!, rows[high]!];
  return before[1] + ((wanted - before[0]) / (after[0] - before[0])) * (after[1] - before[1]);
}
