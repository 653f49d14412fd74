/** Instances with fewer slots than they should have: threads that are stuck, a pool that leaks. */
import { name, share } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields, strikeAtTimes } from "./spells.ts";
import { checkVictims, drawVictims, nameOf, victimFields } from "./victims.ts";

export const capacityLoss = fault({
  kind: "capacity-loss",
  summary: "Instances have fewer slots than they should; calls in a slot keep it.",
  notes: "Slots are rounded down. Utilisation stays a share of the slots there should be.",
  example: "faults:\n  - { kind: capacity-loss, of: web, at: 20 min, for: 60 s, lost: 60 % }",
  prey: "slots",
  options: {
    of: name("The part whose instances lose slots."),
    ...spellFields,
    lost: share("Share of the slots that is lost."),
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, context) {
    const fleet = context.fleet(options.of);
    const { lost } = options;
    strikeAtTimes(options, context, (length) => {
      const victims = drawVictims(fleet, options, context.random);
      const entry = context.journal.note({
        plane: "fate",
        part: options.of,
        instance: nameOf(victims),
        what: "capacity loss",
        reason: `${victims.length} of ${fleet.ready().length} instances without ${Math.floor(lost * 1000 + 0.5) / 10} % of their slots for ${seconds(length)}`,
      });
      for (const each of victims) fleet.takeCapacity(each, lost);
      return {
        entry,
        end: () => {
          for (const each of victims) fleet.takeCapacity(each, -lost);
        },
      };
    });
  },
});
