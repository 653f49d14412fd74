/** "800 rps" where a rate is expected means always 800 rps. */
import { z } from "zod";
import * as fields from "../../schema/fields.ts";
import { constant } from "./constant.ts";

type Constant = z.output<typeof constant.schema>;

const isConstant = z.object({ kind: z.literal("constant"), value: z.number() });

/** A rate alone, decoded to the specification of a constant and back. */
const bareRate = fields.rate("Always this rate.").pipe(
  z.codec(z.number(), isConstant, {
    decode: (value): Constant => ({ kind: "constant", value }),
    encode: (spec) => spec.value,
  }),
);

/** Accepts the shorthand beside the full form of a family that has a constant. */
export function orRate<Output, Input>(full: z.ZodType<Output, Input>) {
  return z.union([bareRate, full]) as z.ZodType<Output, Input | string>;
}
