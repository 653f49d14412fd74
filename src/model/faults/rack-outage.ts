/**
 * A rack dies: instances of several parts share something, and go together. The same stands for a
 * host, a switch, a power feed, or a release that several services took at once.
 */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { count, duration, name } from "../../schema/fields.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { checkRepair, Reaper, repairFields, type Manner } from "./deaths.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";

export const rackOutage = fault({
  kind: "rack-outage",
  summary: "Instances of several parts that share a rack, a host or a release die together.",
  notes:
    "Instances are dealt to the racks in the order in which they are launched, those of each part from the first rack on. With `time-between` every rack has its own clock.",
  example:
    "faults:\n  - { kind: rack-outage, of: [web, stock], racks: 3, at: 28 min, repair: 4 min }",
  options: {
    of: z.array(name("A part.")).min(1).describe("The parts that stand in the racks."),
    racks: count("How many racks there are.", { min: 1, max: 100_000 }).default(10),
    rack: count("Which one dies, from 1; drawn unless given.", { min: 1 }).optional(),
    at: duration("When one dies.").optional(),
    "time-between": distributionSchema
      .describe("Time between the deaths of one rack, drawn for each.")
      .optional(),
    ...repairFields,
  },
  check: (options) => [
    ...checkTimes(options),
    ...checkRepair(options),
    ...(options.rack !== undefined && options.rack > options.racks
      ? [{ path: ["rack"], message: `there are ${options.racks} racks` }]
      : []),
  ],
  create(options, context) {
    const { agenda, random } = context;
    const { racks } = options;
    const fleets = options.of.map((part) => context.fleet(part));
    const kill: Manner["kill"] = (fleet, instance) => fleet.crash(instance, true);
    const reaper = new Reaper(options, { what: "crash", kill }, context);
    const strike = (rack: number) => {
      const how = `silent; with all of rack ${rack + 1} of ${racks}; `;
      for (const fleet of fleets)
        for (const each of fleet.ready())
          if (each.id % racks === rack) reaper.strike(fleet, each, how);
    };
    if (options.at !== undefined)
      agenda.at(options.at, () => strike((options.rack ?? random.below(racks) + 1) - 1));
    if (options["time-between"] === undefined) return;
    const between = make(distributions, options["time-between"], { random });
    const wait = (rack: number) =>
      agenda.after(between.sample(), () => {
        strike(rack);
        wait(rack);
      });
    for (let rack = 0; rack < racks; rack++)
      if (options.rack === undefined || options.rack === rack + 1) wait(rack);
  },
});
