/** Calls that take longer to come to an instance: a slow name server, a throttled network, a sick proxy. */
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { afflict, ailingField, operationsField } from "./ailments.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields } from "./spells.ts";
import { checkVictims, victimFields } from "./victims.ts";

export const delay = fault({
  kind: "delay",
  summary: "Calls to instances are held for a while before they come in; work takes no longer.",
  example: "faults:\n  - { kind: delay, of: web, at: 28 min, for: 2 min, latency: 200 ms }",
  prey: "slots",
  options: {
    of: ailingField,
    ...spellFields,
    latency: distributionSchema.describe("How long each call is held."),
    operations: operationsField,
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, context) {
    const latency = make(distributions, options.latency, { random: context.random });
    const mean = Math.floor(latency.mean / 1e5 + 0.5) / 10;
    afflict(options, context, {
      what: "delay",
      reason: `calls are held ${mean} ms on average`,
      delay: () => latency.sample(),
    });
  },
});
