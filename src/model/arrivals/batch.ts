/** Requests that arrive together: a page with its pictures, a mailing's click, a job's fan-out. */
import type { Duration } from "../../kernel/time.ts";
import { issuesIn, make, oneOf } from "../../schema/definition.ts";
import { batchSizes, batchSizeSchema } from "../batches/index.ts";
import { arrivals, nested } from "./arrivals.ts";
import { singleArrivals } from "./single.ts";

export const batch = arrivals({
  kind: "batch",
  summary: "Several requests at the same instant, whenever another process has an arrival.",
  example: "arrivals: { kind: batch, of: { rate: 100 rps }, size: { kind: geometric, mean: 4 } }",
  oblivious: true,
  options: {
    of: oneOf(singleArrivals, "single-arrivals").describe("When batches arrive."),
    size: batchSizeSchema.describe("How many requests arrive together."),
  },
  check: ({ of, size }) => [
    ...issuesIn(singleArrivals, of, ["of"]),
    ...issuesIn(batchSizes, size, ["size"]),
  ],
  expected({ of, size }, context) {
    const inner = nested(context, "batches");
    const arriving = singleArrivals.find(({ kind }) => kind === of.kind)!;
    const batches = arriving.expected(of as never, inner);
    return batches * make(batchSizes, size, { random: context.random }).mean;
  },
  create({ of, size }, context) {
    const batches = make(singleArrivals, of, nested(context, "batches"));
    const sizes = make(batchSizes, size, { random: context.stream("batch sizes") });
    let instant: Duration = 0;
    let members = 0;
    return {
      next(now) {
        if (members === 0 || instant < now) {
          instant = batches.next(now);
          members = sizes.draw();
        }
        members--;
        return instant;
      },
    };
  },
});
