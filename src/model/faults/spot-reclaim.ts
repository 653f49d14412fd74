/**
 * The cloud wants its spot instances back: notice is given, the instance takes no new calls, and at
 * the end of the notice it is gone whatever it still works on. The fleet launches others meanwhile.
 */
import { duration, name } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import { deathFields, strikeByChance } from "./deaths.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";
import { checkClocks, checkVictims, drawVictims, victimFields } from "./victims.ts";
import type { Instance } from "../instance.ts";

export const spotReclaim = fault({
  kind: "spot-reclaim",
  summary:
    "Instances are given notice, drain, and are gone when it is over; the fleet replaces them.",
  source: "Amazon EC2 User Guide, Spot Instance interruption notices",
  oneByOne: true,
  example: "faults:\n  - { kind: spot-reclaim, of: web, at: 28 min, instances: 2 }",
  options: {
    of: name("The part whose instances are reclaimed."),
    ...deathFields,
    notice: duration("From the notice to the end.").prefault("2 min"),
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options), ...checkClocks(options)],
  create(options, context) {
    const fleet = context.fleet(options.of);
    const { agenda, journal } = context;
    const { notice } = options;
    const take = (victims: readonly Instance[]) => {
      const [first] = victims;
      if (first === undefined) return;
      const entry = journal.note({
        plane: "fate",
        part: options.of,
        instance: victims.length === 1 ? first.name : null,
        what: "reclaimed",
        reason: `${victims.length} of ${fleet.ready().length} instances, with ${seconds(notice)} of notice`,
      });
      agenda.after(notice, () => (entry.until = agenda.now));
      fleet.reclaim(victims, notice);
    };
    if (options.at !== undefined)
      agenda.at(options.at, () => take(drawVictims(fleet, options, context.random)));
    strikeByChance(fleet, options, (each) => take([each]), context);
  },
});
