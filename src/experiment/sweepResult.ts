/** What a sweep says: for every cell of a plan what came of it, and which input moves what. */
import { z } from "zod";
import { quantity } from "./result.ts";
import { estimate } from "./result/fields.ts";

export const axisResult = z.strictObject({
  /** Where in the scenario: "parts.web.fleet.instances". */
  path: z.string(),
  /** Every value it takes, as it would be written, in order. */
  values: z.array(z.string()),
});

export const cellResult = z.strictObject({
  index: z.int().min(0),
  /** One value for each axis, in their order. */
  values: z.array(z.string()),
  /** Why it could not be simulated to its end: the limit that was met. */
  stopped: z.string().nullable(),
  /** Every objective met by the means over replications; null when there are none. */
  met: z.boolean().nullable(),
  estimates: z.array(quantity.extend(estimate.shape)),
});

export const sensitivityResult = quantity.extend({
  /** Share of the variance over all cells that each axis explains by itself. */
  shares: z.array(z.strictObject({ path: z.string(), share: z.number() })),
  /** What none of them explains alone: how they work together, and luck. */
  rest: z.number(),
});

export const sweepSchema = z.strictObject({
  format: z.literal("loadstar/sweep"),
  version: z.literal("1.0"),
  engine: z.string(),
  runId: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  scenario: z.string(),
  variant: z.string().nullable(),
  seed: z.string(),
  /** Of each cell. */
  replications: z.int().min(1),
  confidence: z.number(),
  design: z.enum(["grid", "latin-hypercube"]),
  axes: z.array(axisResult).min(1),
  cells: z.array(cellResult),
  sensitivity: z.array(sensitivityResult),
  warnings: z.array(z.string()),
});

export type Sweep = z.output<typeof sweepSchema>;
export type AxisResult = z.output<typeof axisResult>;
export type CellResult = z.output<typeof cellResult>;
export type SensitivityResult = z.output<typeof sensitivityResult>;
