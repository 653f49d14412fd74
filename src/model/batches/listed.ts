/** Sizes as they were counted: 60 % alone, 30 % in threes, the others in tens. */
import { z } from "zod";
import { count, share } from "../../schema/fields.ts";
import { batchSize } from "./batch-size.ts";

type Row = readonly [share: number, size: number];

const sizes = z
  .array(z.tuple([share("Share of batches."), count("Their size.", { min: 1, max: 1e6 })]))
  .min(1)
  .max(1000)
  .refine((rows) => Math.abs(rows.reduce((sum, [part]) => sum + part, 0) - 1) <= 1e-9, {
    error: "the shares must add up to 100 %",
  })
  .describe("Rows of [share, size]; the shares add up to 100 %.");

export const listed = batchSize({
  kind: "listed",
  summary: "Sizes as they were counted, each with its share.",
  example: "size: { kind: listed, sizes: [[60 %, 1], [30 %, 3], [10 %, 10]] }",
  options: { sizes },
  create: ({ sizes: rows }, { random }) => ({
    mean: rows.reduce((sum, [part, size]) => sum + part * size, 0),
    draw: () => sizeAt(rows, random.next()),
  }),
});

function sizeAt(rows: readonly Row[], place: number): number {
  let rest = place;
  const found = rows.find(([part]) => (rest -= part) < 0);
  return (found ?? rows.at(-1)!)[1];
}
