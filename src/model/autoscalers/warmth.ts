/** Which instances have warmed up: new ones take part in the capacity before they do in the metric. */
import type { Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import type { Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Size } from "./alarmArithmetic.ts";

export const warmUpField = duration(
  "How long after it is ready a new instance is still left out of the metric (instance warm-up).",
).prefault("300 s");

/** Tells instances that are ready for so long; those that are there from the start are. */
export function warmFor(warmUp: Duration, clock: { readonly now: Duration }) {
  return ({ state, stateSince }: Instance): boolean =>
    state === "ready" && (stateSince === 0 || clock.now - stateSince >= warmUp);
}

/** What the fleet has and what of it is warm. */
export function sizeOf(fleet: Fleet, isWarm: (instance: Instance) => boolean): Size {
  const warm = fleet.ready().filter(isWarm).length;
  return { capacity: fleet.desired, warm: Math.min(warm, fleet.desired) };
}
