/**
 * A hang: an instance accepts whatever comes and answers nothing, a deadlock or a pool that is used
 * up. Checks that only connect find it well; checks that ask for something do not.
 */
import { name } from "../../schema/fields.ts";
import {
  checkRepair,
  deathFields,
  Reaper,
  repairFields,
  strikeByChance,
  type Manner,
} from "./deaths.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";
import { checkClocks, checkVictims, drawVictims, victimFields } from "./victims.ts";

export const hang = fault({
  kind: "hang",
  summary:
    "Instances accept calls and answer none, until they are killed and started again; a connection still succeeds.",
  notes:
    "The calls an instance had, and those that still come, are lost when it is killed: after the repair (a liveness probe that fails), after the fleet's replace-after, or never.",
  oneByOne: true,
  example: "faults:\n  - { kind: hang, of: web, at: 28 min, repair: 31 s }",
  prey: "slots",
  options: {
    of: name("The part whose instances hang."),
    ...deathFields,
    ...victimFields,
    ...repairFields,
  },
  check: (options) => [
    ...checkTimes(options),
    ...checkVictims(options),
    ...checkClocks(options),
    ...checkRepair(options),
  ],
  create(options, context) {
    const fleet = context.fleet(options.of);
    const manner: Manner = { what: "hang", kill: (of, instance) => of.hang(instance) };
    const reaper = new Reaper(options, manner, context);
    if (options.at !== undefined) {
      context.agenda.at(options.at, () => {
        for (const each of drawVictims(fleet, options, context.random)) reaper.strike(fleet, each);
      });
    }
    strikeByChance(fleet, options, (each) => reaper.strike(fleet, each), context);
  },
});
