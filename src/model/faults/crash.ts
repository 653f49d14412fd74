/**
 * A crash: an instance dies, its connections are reset, what it worked on is lost. It comes back after
 * a repair, or the fleet replaces it, or it stays dead.
 */
import { duration, flag, name } from "../../schema/fields.ts";
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import {
  distributions,
  distributionSchema,
  type Distribution,
} from "../../statistics/distributions/index.ts";
import { seconds, type Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { drawVictims, fault, victimsField, type FaultContext } from "./fault.ts";

export const crash = fault({
  kind: "crash",
  summary:
    "Instances die: what they work on is lost, new calls are refused until somebody notices.",
  notes:
    "Give `at` for one crash by the clock, or `time-between` for crashes by chance on every instance. After a repair the instance starts again with nothing in memory, which takes its start-up time as well.",
  example: "faults:\n  - { kind: crash, of: web, at: 28 min, repair: 4 min }",
  options: {
    of: name("The part whose instances die."),
    at: duration("When.").optional(),
    "time-between": distributionSchema
      .describe("Time from the start of an instance to its next crash, drawn for each.")
      .optional(),
    instances: victimsField.default(1),
    repair: distributionSchema
      .describe(
        "From the crash until the instance begins to start again; without it, it stays dead unless the fleet replaces it.",
      )
      .optional(),
    silent: flag(
      "Die without a word: no connection is reset, so that only time-outs tell.",
    ).default(false),
  },
  check: ({ at, "time-between": between }) =>
    (at === undefined) === (between === undefined)
      ? [{ path: [], message: "a crash has either an instant `at` or a `time-between`" }]
      : [],
  create(options, context) {
    const fleet = context.fleet(options.of);
    const { random } = context;
    const repair = options.repair ? make(distributions, options.repair, { random }) : null;
    const strike = (instance: Instance) =>
      kill(instance, { fleet, repair, silent: options.silent, context });
    if (options.at !== undefined) {
      context.agenda.at(options.at, () =>
        drawVictims(fleet, options.instances, random).forEach(strike),
      );
    }
    const between = options["time-between"];
    if (between) byChance(fleet, make(distributions, between, { random }), strike, context);
  },
});

interface Blow {
  readonly fleet: Fleet;
  readonly repair: Distribution | null;
  readonly silent: boolean;
  readonly context: FaultContext;
}

function kill(instance: Instance, { fleet, repair, silent, context }: Blow): void {
  const { agenda, journal } = context;
  const repairTime = repair?.sample() ?? null;
  const { part, replaceAfter } = fleet.options;
  const entry = journal.note({
    plane: "fate",
    part,
    instance: instance.name,
    what: "crash",
    reason: `${silent ? "silent; " : ""}${whatNext(repairTime, replaceAfter)}`,
  });
  fleet.crash(instance, silent);
  const { life } = instance;
  const stillDead = () => instance.state === "crashed" && instance.life === life;
  if (repairTime !== null) {
    agenda.after(repairTime, () => {
      entry.until = agenda.now;
      if (stillDead()) fleet.restart(instance);
    });
  } else if (replaceAfter !== null) {
    agenda.after(replaceAfter, () => {
      entry.until = agenda.now;
      if (stillDead())
        fleet.replace(instance, `${instance.name} dead for ${seconds(replaceAfter)}`);
    });
  }
}

function whatNext(repairTime: Duration | null, replaceAfter: Duration | null): string {
  if (repairTime !== null) return `repaired after ${seconds(repairTime)}`;
  if (replaceAfter !== null) return `replaced after ${seconds(replaceAfter)}`;
  return "never repaired";
}

/** Every instance has its own clock, which begins anew whenever it becomes ready. */
function byChance(
  fleet: Fleet,
  between: Distribution,
  strike: (instance: Instance) => void,
  { agenda }: FaultContext,
): void {
  fleet.watch({
    ready(instance) {
      const since = instance.stateSince;
      agenda.after(between.sample(), () => {
        if (instance.state === "ready" && instance.stateSince === since) strike(instance);
      });
    },
  });
}
