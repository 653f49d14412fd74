/** "10 %" where a retry budget is expected means retries up to that share of first attempts. */
import { z } from "zod";
import { share } from "../../schema/fields.ts";
import { CAP, RESERVE, type ratio } from "./ratio.ts";

type Ratio = z.output<typeof ratio.schema>;

const isPlain = z.object({
  kind: z.literal("ratio"),
  share: z.number(),
  reserve: z.literal(RESERVE),
  cap: z.literal(CAP),
});

const bareShare = share("Retries up to this share of first attempts.").pipe(
  z.codec(z.number(), isPlain, {
    decode: (value): Ratio => ({ kind: "ratio", share: value, reserve: RESERVE, cap: CAP }),
    encode: (spec) => spec.share,
  }),
);

/** Accepts the shorthand beside the full form of the family. */
export function orShare<Output, Input>(full: z.ZodType<Output, Input>) {
  return z.union([bareShare, full]) as z.ZodType<Output, Input | string>;
}
