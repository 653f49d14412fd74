/** Caches forget everything and stay up: somebody flushed them, or all keys changed. */
import { duration, name } from "../../schema/fields.ts";
import { checkTimes } from "./spells.ts";
import { distributionSchema, distributions } from "../../statistics/distributions/index.ts";
import { make } from "../../schema/definition.ts";
import { fault } from "./fault.ts";
import { checkVictims, drawVictims, victimFields } from "./victims.ts";

export const cacheFlush = fault({
  kind: "cache-flush",
  summary: "Instances of a cache forget all they have kept and go on serving.",
  example: "faults:\n  - { kind: cache-flush, of: kept, at: 28 min }",
  prey: "caches",
  options: {
    of: name("The cache."),
    at: duration("When.").optional(),
    "time-between": distributionSchema
      .describe("In place of `at`: time to the first flush, and between two.")
      .optional(),
    ...victimFields,
  },
  check: (options) => [...checkTimes(options), ...checkVictims(options)],
  create(options, { agenda, journal, random, ...context }) {
    const fleet = context.fleet(options.of);
    const strike = () => {
      const victims = drawVictims(fleet, options, random);
      const reason = `${victims.length} of ${fleet.ready().length} instances forget everything`;
      journal.note({ plane: "fate", part: options.of, what: "cache flush", reason });
      for (const each of victims) fleet.flush(each);
    };
    if (options.at !== undefined) agenda.at(options.at, strike);
    if (options["time-between"] === undefined) return;
    const between = make(distributions, options["time-between"], { random });
    const wait = () =>
      agenda.after(between.sample(), () => {
        strike();
        wait();
      });
    wait();
  },
});
