/** Instances that fail a share of their calls, at once and without work: a black hole that looks fast. */
import { share } from "../../schema/fields.ts";
import { PASS } from "../ailing.ts";
import { ERROR } from "../outcomes.ts";
import { afflict, ailingField, operationsField } from "./ailments.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields } from "./spells.ts";
import { checkVictims, victimFields } from "./victims.ts";

export const errors = fault({
  kind: "errors",
  summary: "Instances answer a share of their calls with an error, at once and without any work.",
  notes:
    "Balancers that go by load or time take such an instance for a good one, and send it more than its share.",
  example: "faults:\n  - { kind: errors, of: web, at: 28 min, for: 2 min, rate: 50 % }",
  prey: "slots",
  options: {
    of: ailingField,
    ...spellFields,
    rate: share("Share of calls that are answered with an error.").prefault("100 %"),
    operations: operationsField,
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, context) {
    const { rate } = options;
    afflict(options, context, {
      what: "errors",
      reason: `${Math.floor(rate * 1000 + 0.5) / 10} % of the answers are errors`,
      verdict: () => (context.random.next() < rate ? ERROR : PASS),
    });
  },
});
