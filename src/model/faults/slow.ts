/** Gray failure: instances go on answering, only slower. Work in progress slows down too. */
import { factor, name } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import { fault } from "./fault.ts";
import { checkTimes, spellFields, strikeAtTimes } from "./spells.ts";
import { checkVictims, drawVictims, nameOf, victimFields } from "./victims.ts";

export const slow = fault({
  kind: "slow",
  summary: "Instances take several times as long for their work, for a while.",
  example:
    "faults:\n  - { kind: slow, of: stock, at: 20 min, for: 30 s, factor: 5, instances: all }",
  options: {
    of: name("The part whose instances are slow."),
    ...spellFields,
    factor: factor("How many times as long work takes.", { min: 0.001 }),
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, context) {
    const fleet = context.fleet(options.of);
    strikeAtTimes(options, context, (length) => {
      const victims = drawVictims(fleet, options, context.random);
      const entry = context.journal.note({
        plane: "fate",
        part: options.of,
        instance: nameOf(victims),
        what: "slow",
        reason: `${victims.length} of ${fleet.ready().length} instances ${options.factor} times as slow for ${seconds(length)}`,
      });
      for (const instance of victims) fleet.slow(instance, instance.slowness * options.factor);
      const lives = victims.map(({ life }) => life);
      const end = () =>
        victims.forEach((instance, index) => {
          // One that has crashed since then came back at normal speed.
          if (instance.life !== lives[index]) return;
          fleet.slow(instance, instance.slowness / options.factor);
        });
      return { entry, end };
    });
  },
});
