/** "9 ms" where a distribution is expected means always 9 ms. */
import { z } from "zod";
import { duration } from "../../schema/fields.ts";
import { constant } from "./constant.ts";

type Constant = z.output<typeof constant.schema>;

const isConstant = z.object({ kind: z.literal("constant"), value: z.number() });

/** A duration alone, decoded to the specification of a constant and back. */
const bareDuration = duration("Always this duration.").pipe(
  z.codec(z.number(), isConstant, {
    decode: (value): Constant => ({ kind: "constant", value }),
    encode: (spec) => spec.value,
  }),
);

/** Accepts the shorthand beside the full form of a family that has a constant. */
export function orDuration<Output, Input>(full: z.ZodType<Output, Input>) {
  return z.union([bareDuration, full]) as z.ZodType<Output, Input | string>;
}
