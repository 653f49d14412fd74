/** What comparisons and sweeps write into their questions, read with suspicion. */
import { z } from "zod";
import { MOST_CELLS } from "../axes.ts";
import type { Cells } from "./list.ts";

const text = z.string().max(10_000);

/** Names of the scenarios that are compared. */
export function comparedSchema({ list }: Cells) {
  return z.strictObject({
    names: z
      .array(text)
      .length(list.scenarios.length)
      .refine((names) => new Set(names).size === names.length, "a name is there twice"),
  });
}

/** Axes that span as many points as there are scenarios. */
export function sweptSchema({ list }: Cells) {
  const axis = z.strictObject({ path: text, values: z.array(text).min(1).max(MOST_CELLS) });
  const count = list.scenarios.length;
  return z
    .strictObject({
      design: z.enum(["grid", "latin-hypercube"]),
      axes: z.array(axis).min(1).max(100),
    })
    .refine(
      ({ design, axes }) =>
        design !== "grid" || axes.reduce((cells, { values }) => cells * values.length, 1) === count,
      `the axes do not span ${count} points`,
    );
}
