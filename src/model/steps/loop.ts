/** Takes the same steps several times. */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { log } from "../../kernel/mathematics.ts";
import { count, factor } from "../../schema/fields.ts";
import { nothing, stepDefinition } from "./step.ts";
import { stepListSchema } from "./list.ts";

/** So many that a call stays a call. */
const MOST = 10_000;

const timesSchema = z
  .union([
    count("Always so often.", { max: MOST }),
    z
      .strictObject({
        from: count("At least so often.", { max: MOST }),
        to: count("At most so often.", { max: MOST }),
      })
      .superRefine(({ from, to }, { addIssue }) => {
        if (from > to)
          addIssue({ code: "custom", path: ["to"], message: `${to} is less than ${from}` });
      }),
    z.strictObject({
      mean: factor(
        "So often on average, at least once; each time with the same chance of another.",
        {
          min: 1,
          max: MOST / 20,
        },
      ),
    }),
  ])
  .describe(
    "How often: a number, `{ from, to }` with every number in between equally likely, or a `{ mean }` of a geometric distribution.",
  );

const schema = z.strictObject({
  loop: stepListSchema.describe("The steps that are repeated."),
  times: timesSchema,
});

export const loopStep = stepDefinition({
  key: "loop",
  summary: "Takes the same steps several times, a fixed or a random number of them.",
  example:
    "operations:\n  list:\n    - { loop: [{ call: stock.read }], times: { from: 1, to: 20 } }",
  schema,
  inner: ({ loop }) => [{ path: ["loop"], steps: loop }],
  compile({ loop, times }, program, { worker, stream }) {
    const draw = drawTimes(times, stream("times"));
    const left = new Counters();
    const start = program.reserve() + 1;
    program.addAll(loop, "again");
    program.add({
      reach: nothing,
      begin: (call) =>
        left.countDown(call) > 0 ? worker.repeat(call, start) : worker.proceed(call),
    });
    const { end } = program;
    program.fill(start - 1, {
      reach(call) {
        const drawn = draw();
        left.set(call, drawn);
        worker.jump(call, drawn > 0 ? start : end);
      },
      begin: nothing,
    });
  },
});

function drawTimes(times: z.output<typeof timesSchema>, random: Random): () => number {
  if (typeof times === "number") return () => times;
  if ("from" in times) return () => times.from + random.below(times.to - times.from + 1);
  if (times.mean === 1) return () => 1;
  // P(more than n) = (1 - 1/mean)^n, drawn by inversion.
  const rate = log(1 - 1 / times.mean);
  return () => Math.min(MOST, 1 + Math.floor(log(1 - random.next()) / rate));
}

/** How often each call still goes round one loop, by call; an entry counts while its call is in it. */
class Counters {
  private counts = new Int32Array(64);

  set(call: number, count: number): void {
    if (call >= this.counts.length) this.grow(call);
    this.counts[call] = count;
  }

  countDown(call: number): number {
    return (this.counts[call] = this.counts[call]! - 1);
  }

  private grow(call: number): void {
    const before = this.counts;
    this.counts = new Int32Array(2 * (call + 1));
    this.counts.set(before);
  }
}
