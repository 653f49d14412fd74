/**
 * A crash: an instance dies, its connections are reset, what it worked on is lost. It comes back after
 * a repair, or the fleet replaces it, or it stays dead.
 */
import { flag, name } from "../../schema/fields.ts";
import { checkRepair, deathFields, Reaper, repairFields, strikeByChance } from "./deaths.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";
import { checkClocks, checkVictims, drawVictims, victimFields } from "./victims.ts";

export const crash = fault({
  kind: "crash",
  summary:
    "Instances die: what they work on is lost, new calls are refused until somebody notices.",
  notes:
    "Give `at` for one crash by the clock, or `time-between` for crashes by chance on every instance, busy or idle. After a repair the instance starts again with nothing in memory, which takes its start-up time as well.",
  oneByOne: true,
  example: "faults:\n  - { kind: crash, of: web, at: 28 min, repair: 4 min }",
  options: {
    of: name("The part whose instances die."),
    ...deathFields,
    ...victimFields,
    ...repairFields,
    silent: flag(
      "Die without a word: no connection is reset, so that only time-outs tell.",
    ).default(false),
  },
  check: (options) => [
    ...checkTimes(options),
    ...checkVictims(options),
    ...checkClocks(options),
    ...checkRepair(options),
  ],
  create(options, context) {
    const fleet = context.fleet(options.of);
    const { silent } = options;
    const reaper = new Reaper(
      options,
      {
        what: "crash",
        how: silent ? "silent; " : "",
        kill: (of, instance) => of.crash(instance, silent),
      },
      context,
    );
    if (options.at !== undefined) {
      context.agenda.at(options.at, () => {
        for (const each of drawVictims(fleet, options, context.random)) reaper.strike(fleet, each);
      });
    }
    strikeByChance(fleet, options, (each) => reaper.strike(fleet, each), context);
  },
});
