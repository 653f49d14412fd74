/** Steps inside a step: the list of all kinds is not complete yet when these kinds are declared. */
import { z } from "zod";

/** Set once, by the family's index. */
let anyStep: z.ZodType = z.never();

export const stepListSchema = z.array(z.lazy(() => anyStep));

export function completeStepList(schema: z.ZodType): void {
  anyStep = schema;
}
