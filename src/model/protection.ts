/** Which instances a fleet that shrinks may not take: those that are busy, or have only just come. */
import { z } from "zod";
import type { Duration } from "../kernel/time.ts";
import { duration, flag } from "../schema/fields.ts";
import type { Instance } from "./instance.ts";

export const protectionSchema = z
  .strictObject({
    "younger-than": duration("Those that have been ready for less than this.").optional(),
    busy: flag("Those that have calls.").default(false),
  })
  .describe(
    "Instances that scaling in leaves alone (EC2 Auto Scaling scale-in protection); while all are protected the fleet stays larger than it is meant to be, and looks again every second.",
  );

export type ProtectionSpec = z.output<typeof protectionSchema>;

export class Protection {
  private readonly age: Duration;
  private readonly busy: boolean;

  constructor({ "younger-than": age = 0, busy = false }: Partial<ProtectionSpec>) {
    this.age = age;
    this.busy = busy;
  }

  covers(
    instance: Instance,
    now: Duration,
    fleet: { isBusy(instance: Instance): boolean },
  ): boolean {
    if (now - instance.stateSince < this.age) return true;
    return this.busy && fleet.isBusy(instance);
  }
}
