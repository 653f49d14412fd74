/** Slots that break one by one: a worker process dies under its master, a consumer loses its lease. */
import { make } from "../../schema/definition.ts";
import { choice, name } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { distributions, type Distribution } from "../../statistics/distributions/index.ts";
import { seconds, type Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Service } from "../service.ts";
import { fault, type FaultContext } from "./fault.ts";
import { checkTimes, spellFields, type Times } from "./spells.ts";
import { checkClocks, checkVictims, drawVictims, victimFields, type Victims } from "./victims.ts";

export const breakdown = fault({
  kind: "breakdown",
  summary:
    "Single slots of an instance break, each by itself; the call in one goes on in another slot or waits for one.",
  source:
    "I. L. Mitrany, B. Avi-Itzhak, Operations Research 16 (1968); D. P. Gaver, Journal of the Royal Statistical Society B 24 (1962)",
  notes:
    "With `at`, one slot of every instance hit. With `time-between` every slot has a clock of its own. Work that was interrupted goes on where it stopped. A call that is at no work step keeps its slot, which then breaks when it is given back.",
  example:
    "faults:\n  - { kind: breakdown, of: web, time-between: { kind: exponential, mean: 50 s }, for: 5 s }",
  prey: "slots",
  options: {
    of: name("The part whose slots break."),
    ...spellFields,
    while: choice(
      "Whether slots break at any time or only while they serve a call; the latter needs an exponential `time-between`.",
      ["always", "serving"],
    ).default("always"),
    ...victimFields,
  },
  check: (options) => [
    ...checkTimes(options),
    ...checkVictims(options),
    ...checkClocks(options),
    ...checkWhile(options),
  ],
  create(options, context) {
    const breaker = new Breaker(options, context);
    const { at } = options;
    if (at === undefined) return breaker.breakByChance();
    context.agenda.at(at, () => {
      const victims = drawVictims(context.fleet(options.of), options, context.random);
      for (const each of victims) breaker.strike(each, () => {});
    });
  },
});

interface Options extends Times, Victims {
  readonly of: string;
  readonly while: "always" | "serving";
}

/** Only a clock without memory may run on while nobody is served, and be as it was. */
function checkWhile({ while: when, "time-between": between }: Options): Issue[] {
  if (when === "always" || between?.kind === "exponential") return [];
  const message =
    "expected an exponential `time-between`: with another one it matters how long a slot has served";
  return [{ path: ["while"], message }];
}

class Breaker {
  private readonly options: Options;
  private readonly context: FaultContext;
  private readonly fleet: Fleet;
  private readonly service: Service;
  private readonly lengths: Distribution;
  /** Broken slots by instance id [slots] -- state. */
  private readonly broken: number[] = [];

  constructor(options: Options, context: FaultContext) {
    this.options = options;
    this.context = context;
    this.fleet = context.fleet(options.of);
    this.service = context.part(options.of).service!;
    this.service.makeInterruptible();
    this.lengths = make(distributions, options.for, { random: context.random });
    this.fleet.watch({ ready: (instance) => this.renew(instance) });
  }

  breakByChance(): void {
    const { agenda, random } = this.context;
    const { zone } = this.options;
    const between = make(distributions, this.options["time-between"]!, { random });
    this.fleet.watch({
      ready: (instance) => {
        const { life } = instance;
        if (zone !== undefined && instance.zone !== zone) return;
        const wait = () =>
          agenda.after(between.sample(), () => {
            if (instance.life === life && instance.serving) this.strike(instance, wait);
          });
        for (let slot = this.slotsOf(instance); slot > 0; slot--) wait();
      },
    });
  }

  /** One slot breaks, whichever; `then` when it is mended, or at once when nothing is to break. */
  strike(instance: Instance, then: () => void): void {
    const station = this.service.stations[instance.id]!;
    const { agenda, journal, random } = this.context;
    const slot = random.below(Math.max(1, station.slots));
    const isBusy = slot < station.busy;
    if (station.slots === 0 || (this.options.while === "serving" && !isBusy)) return then();
    const length = this.lengths.sample();
    const reason = `one of ${station.slots} slots, ${isBusy ? "in use" : "idle"}, for ${seconds(length)}`;
    const { part } = this.fleet.options;
    const entry = journal.note({
      plane: "fate",
      part,
      instance: instance.name,
      what: "breakdown",
      reason,
    });
    this.breakOne(instance, 1);
    if (isBusy && instance.answers) this.service.interruptions.byBreakdown(station, slot);
    const { life } = instance;
    agenda.after(length, () => {
      entry.until = agenda.now;
      if (instance.life !== life) return;
      this.breakOne(instance, -1);
      then();
    });
  }

  private breakOne(instance: Instance, count: number): void {
    this.broken[instance.id] = (this.broken[instance.id] ?? 0) + count;
    this.fleet.takeCapacity(instance, count / this.slotsOf(instance));
  }

  /** An instance that starts again has all its slots. */
  private renew(instance: Instance): void {
    const count = this.broken[instance.id] ?? 0;
    if (count > 0) this.breakOne(instance, -count);
  }

  private slotsOf({ shape }: Instance): number {
    return shape?.slots ?? this.service.shape.slots;
  }
}
