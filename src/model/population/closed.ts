/**
 * A closed population: so many users, each of whom thinks, visits, thinks, visits again.
 *
 * The load regulates itself: whoever waits for an answer asks for nothing else. A closed model of an
 * open shop hides its queues, for the slower the shop, the fewer the requests.
 */
import { z } from "zod";
import type { EventKind, Kernel } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { distributionSchema, type Distribution } from "../../statistics/distributions/index.ts";
import { SHORTEST_ROUND, type Turnout, type Visit } from "./population.ts";

export const usersSchema = z
  .strictObject({
    count: count("How many there are.", { min: 1, max: 1_000_000 }),
    think: distributionSchema
      .describe(
        "From the end of a user's visit (an answer, where there is no journey) to the next.",
      )
      .prefault("0 s"),
    "ramp-up": duration(
      "Time over which they come for the first time, evenly spaced; each then thinks first.",
    ).prefault("0 s"),
  })
  .describe("Users who come back again and again: a closed loop.");

export type UsersSpec = z.output<typeof usersSchema>;

export class ClosedTurnout implements Turnout {
  private readonly users: number;
  private readonly think: Distribution;
  private readonly rampUp: Duration;
  private readonly kernel: Kernel;
  private readonly visitDue: EventKind;
  /** When the last visit of each user began [ns]. */
  private readonly beganAt: Float64Array;

  constructor(kernel: Kernel, spec: UsersSpec, think: Distribution, visit: Visit) {
    this.kernel = kernel;
    this.users = spec.count;
    this.rampUp = spec["ramp-up"];
    this.think = think;
    this.beganAt = new Float64Array(spec.count);
    this.visitDue = kernel.on((user) => {
      this.beganAt[user] = kernel.now;
      visit.begin(user);
    });
  }

  open(): void {
    for (let user = 0; user < this.users; user++) {
      const comes = Math.floor((this.rampUp * user) / this.users);
      this.visitDue.after(comes + this.think.sample(), user);
    }
  }

  left(user: number): void {
    const atOnce = this.kernel.now === this.beganAt[user]!;
    const pause = this.think.sample();
    this.visitDue.after(atOnce ? Math.max(pause, SHORTEST_ROUND) : pause, user);
  }
}
