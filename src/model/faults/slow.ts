/** Gray failure: instances go on answering, only slower. Work in progress slows down too. */
import { duration, factor, name } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import { drawVictims, fault, victimsField } from "./fault.ts";

export const slow = fault({
  kind: "slow",
  summary: "Instances take several times as long for their work, for a while.",
  example:
    "faults:\n  - { kind: slow, of: stock, at: 20 min, for: 30 s, factor: 5, instances: all }",
  options: {
    of: name("The part whose instances are slow."),
    at: duration("When."),
    for: duration("How long.", { min: 1 }),
    factor: factor("How many times as long work takes.", { min: 0.001 }),
    instances: victimsField.default(1),
  },
  create(options, { agenda, journal, random, fleet: find }) {
    const fleet = find(options.of);
    agenda.at(options.at, () => {
      const victims = drawVictims(fleet, options.instances, random);
      const entry = journal.note({
        plane: "fate",
        part: options.of,
        instance: victims.length === 1 ? victims[0]!.name : null,
        what: "slow",
        reason: `${victims.length} of ${fleet.ready().length} instances ${options.factor} times as slow for ${seconds(options.for)}`,
      });
      for (const instance of victims) fleet.slow(instance, instance.slowness * options.factor);
      const lives = victims.map(({ life }) => life);
      agenda.after(options.for, () => {
        entry.until = agenda.now;
        victims.forEach((instance, index) => {
          // One that has crashed since then came back at normal speed.
          if (instance.life !== lives[index]) return;
          fleet.slow(instance, instance.slowness / options.factor);
        });
      });
    });
  },
});
