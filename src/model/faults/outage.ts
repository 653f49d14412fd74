/** A part is out as a whole, as others see it: a dependency that fails, or that nobody reaches. */
import { choice } from "../../schema/fields.ts";
import { SILENCE, type Verdict } from "../ailing.ts";
import { ERROR, REFUSED } from "../outcomes.ts";
import { afflict, ailingField, operationsField } from "./ailments.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields } from "./spells.ts";

export const outage = fault({
  kind: "outage",
  summary: "A part as a whole answers with errors, refuses, or does not answer at all.",
  notes:
    "`answer: nothing` is a partition: what the part has at hand goes on, new calls hear nothing and are lost when it is over.",
  example: "faults:\n  - { kind: outage, of: stock, at: 28 min, for: 2 min, answer: nothing }",
  prey: "parts",
  options: {
    of: ailingField,
    ...spellFields,
    answer: choice("What a call to it gets.", ["error", "refused", "nothing"]).default("error"),
    operations: operationsField,
  },
  check: checkTimes,
  create(options, context) {
    const verdicts = { error: ERROR, refused: REFUSED, nothing: SILENCE } as const satisfies Record<
      string,
      Verdict
    >;
    const verdict = verdicts[options.answer];
    const words = {
      error: "every answer is an error",
      refused: "every call is refused",
      nothing: "no call is answered",
    };
    const reason = words[options.answer];
    afflict(options, context, { what: "outage", reason, verdict: () => verdict });
  },
});
