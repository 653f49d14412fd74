/** A small language made of the same fields and families as the real one, to test the rooms without it. */
import { z } from "zod";
import { family, oneOf } from "../../src/schema/definition.ts";
import { choice, count, duration, factor, flag, money } from "../../src/schema/fields.ts";
import { name, price, rate, share, text } from "../../src/schema/fields.ts";

const balancer = family<unknown, string>("balancer");
const distribution = family<unknown, string>("distribution");

export const balancers = [
  balancer({
    kind: "round-robin",
    summary: "Takes the backends in turn.",
    usual: true,
    options: {},
    create: () => "round robin",
  }),
  balancer({
    kind: "least-connections",
    summary: "Takes the backend with the fewest requests in flight.",
    options: { weighted: flag("Whether weights divide the count.").default(false) },
    create: () => "least connections",
  }),
  balancer({
    kind: "power-of-choices",
    summary: "Draws a few backends at random and takes the least loaded of them.",
    source: "Mitzenmacher, IEEE TPDS 12(10), 2001",
    notes: "Two draws already remove most of the imbalance of one.",
    example: "balancer: { kind: power-of-choices, choices: 3 }",
    options: { choices: count("Backends drawn for each request.", { min: 1, max: 16 }).default(2) },
    create: ({ choices }) => `power of ${choices}`,
  }),
] as const;

export const distributions = [
  distribution({
    kind: "constant",
    summary: "Always the same.",
    options: { mean: duration("How long.") },
    create: () => "constant",
  }),
  distribution({
    kind: "gamma",
    summary: "A gamma distribution.",
    options: { mean: duration("Its mean."), cv: factor("Its spread.", { min: 0 }).default(1) },
    create: () => "gamma",
  }),
] as const;

const distributionSchema = z.union([duration("A constant time."), oneOf(distributions)]);

const balancerPart = z
  .strictObject({
    kind: z.literal("load-balancer"),
    balancer: oneOf(balancers).prefault({ kind: "round-robin" }),
    to: name("The part behind."),
  })
  .meta({
    description: "Spreads calls over a part's instances.",
    family: "part",
    kind: "load-balancer",
  });

const servicePart = z
  .strictObject({
    kind: z.literal("service"),
    slots: count("Calls worked on at once.", { min: 1 }),
    queue: choice("Who is served next.", ["fifo", "lifo"]).default("fifo"),
    work: distributionSchema,
    timeout: duration("How long a call may take.").prefault("2 s"),
    price: price("What an instance costs.").optional(),
  })
  .meta({ description: "Works on calls.", family: "part", kind: "service" });

export const exampleLanguage = z.strictObject({
  title: text("One line for the report.").optional(),
  seed: text("The seed.").default("1"),
  run: z.strictObject({
    duration: duration("How long to simulate.", { min: 1e9 }),
    replications: count("Runs with their own luck.", { min: 1 }).default(1),
  }),
  rate: rate("How often requests arrive."),
  hit: share("Requests answered from the cache.").optional(),
  worth: money("What one request brings.").optional(),
  clock: z.iso.datetime({ offset: true }).optional(),
  parts: z.record(
    name("The name of a part."),
    z.discriminatedUnion("kind", [balancerPart, servicePart]).meta({ family: "part" }),
  ),
  faults: z.array(z.strictObject({ at: duration("When."), of: name("Which part.") })).default([]),
  objectives: z
    .array(
      z.union([
        z.strictObject({ availability: share("Requests that must succeed.") }),
        z.strictObject({
          latency: choice("Which percentile.", ["p50", "p99"]),
          below: duration("The bound."),
        }),
      ]),
    )
    .default([]),
});
