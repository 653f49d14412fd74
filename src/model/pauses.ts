/**
 * Pauses in which an instance computes nothing: a garbage collector stops the world, a virtual
 * machine is migrated.
 *
 * Work under way is finished later by the pause. Calls that come are taken in, but their work begins
 * when the pause is over. What is under way elsewhere goes on: calls to others, timers, disk, network.
 */
import { z } from "zod";
import { stream, type Random } from "../kernel/random.ts";
import { MILLISECOND, type Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import {
  distributions,
  distributionSchema,
  type Distribution,
  type DistributionSpec,
} from "../statistics/distributions/index.ts";
import type { FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { PartContext } from "./parts/part.ts";
import type { Service } from "./service.ts";

/** Shorter ones would make more events than the calls do; those of no length would never end [ns]. */
const SHORTEST_CYCLE = MILLISECOND;

export const pausesSchema = z
  .strictObject({
    every: distributionSchema.describe("From the end of one pause to the start of the next."),
    for: distributionSchema.describe("How long a pause is."),
  })
  .refine((spec) => meanTime(spec.every) + meanTime(spec.for) >= SHORTEST_CYCLE, {
    error: "`every` and `for` take less than 1 ms together: time would hardly pass",
  })
  .describe(
    "Pauses in which an instance computes nothing, such as those of a garbage collector; drawn for each instance, whether it is busy or idle. What it works on is finished later by the pause.",
  );

/** The mean [ns]; it takes no luck to tell. */
function meanTime(spec: DistributionSpec): Duration {
  return make(distributions, spec, { random: stream("", "pauses", "mean") }).mean;
}

type PausesSpec = z.output<typeof pausesSchema>;

interface Rhythm {
  readonly every: Distribution;
  readonly length: Distribution;
}

export class Pauses implements FleetObserver {
  private readonly spec: PausesSpec;
  private readonly service: Service;
  private readonly context: PartContext;
  /** By instance; each has a stream of its own. */
  private readonly rhythms: Rhythm[] = [];

  constructor(spec: PausesSpec, service: Service, context: PartContext) {
    this.spec = spec;
    this.service = service;
    this.context = context;
  }

  ready(instance: Instance): void {
    const { every, length } = (this.rhythms[instance.id] ??= this.rhythmOf(instance));
    const { agenda } = this.context.world;
    const { life } = instance;
    const plan = () => agenda.after(every.sample(), pause);
    const pause = () => {
      if (instance.life !== life || !instance.serving) return;
      const time = length.sample();
      this.service.stations[instance.id]!.pause(agenda.now + time);
      agenda.after(time, plan);
    };
    plan();
  }

  private rhythmOf(instance: Instance): Rhythm {
    const random: Random = this.context.world.stream(instance.name, "pauses");
    return {
      every: make(distributions, this.spec.every, { random }),
      length: make(distributions, this.spec.for, { random }),
    };
  }
}
