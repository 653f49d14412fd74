/** "6" where a batch size is expected means always 6. */
import { z } from "zod";
import { count } from "../../schema/fields.ts";
import { constant } from "./constant.ts";

type Constant = z.output<typeof constant.schema>;

const isConstant = z.object({ kind: z.literal("constant"), value: z.number() });

/** A number alone, decoded to the specification of a constant and back. */
const bareNumber = count("Always this number.", { min: 1, max: 1e6 }).pipe(
  z.codec(z.number(), isConstant, {
    decode: (value): Constant => ({ kind: "constant", value }),
    encode: (spec) => spec.value,
  }),
);

/** Accepts the shorthand beside the full form of a family that has a constant. */
export function orNumber<Output, Input>(full: z.ZodType<Output, Input>) {
  return z.union([bareNumber, full]) as z.ZodType<Output, Input | string | number>;
}
