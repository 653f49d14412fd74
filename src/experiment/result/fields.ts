/** What fields of a Result are made of. */
import { z } from "zod";

export const count = z.int().min(0);
export const seconds = z.number().min(0);
export const share = z.number().min(0).max(1);
export const number = z.number();
export const money = z.string().regex(/^-?\d+\.\d{2,}$/);

/** A series has one entry per window; null where nothing was measured in it. */
export const series = z.array(number.nullable());

/** A mean over replications with the half-width of its Student interval; null for a single run. */
export const estimate = z.strictObject({
  mean: number.nullable(),
  halfWidth: number.nullable(),
  /**
   * Of a percentile: the interval for all requests of all replications together, which is right where
   * the mean of many percentiles is not. `high` is null when it lies beyond everything seen. By the
   * ranks of a single run it takes requests as independent.
   */
  interval: z
    .strictObject({
      low: number,
      high: number.nullable(),
      by: z.enum(["replications", "ranks"]),
    })
    .optional(),
});
