/** The disk of an instance is full: it reads, and every write fails. */
import { z } from "zod";
import { text } from "../../schema/fields.ts";
import { ERROR } from "../outcomes.ts";
import { afflict, ailingField } from "./ailments.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields } from "./spells.ts";
import { checkVictims, victimFields } from "./victims.ts";

export const fullDisk = fault({
  kind: "full-disk",
  summary: "Instances answer every write with an error and read as before.",
  example:
    "faults:\n  - { kind: full-disk, of: stock, at: 28 min, for: 2 min, operations: [read] }",
  prey: "slots",
  options: {
    of: ailingField,
    ...spellFields,
    operations: z
      .array(text("An operation of the part."))
      .min(1)
      .describe("The operations that write.")
      .default(["write"]),
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, context) {
    afflict(options, context, {
      what: "full disk",
      reason: `${options.operations.join(", ")} fails`,
      verdict: () => ERROR,
    });
  },
});
