import { balancerCurves } from "./balancers.ts";
import { classes, parts, windows } from "./breadth.ts";
import type { Curve } from "./curve.ts";
import { liveComputed, liveRequests, longQueue } from "./liveRequests.ts";
import { bytesPerEvent, bytesPerHour, bytesPerLiveRequest, peakMemory } from "./memory.ts";
import { pendingEvents } from "./pendingEvents.ts";

/** Every growth curve. A new one is its own file and a line here. */
export const curves: readonly Curve[] = [
  pendingEvents,
  liveRequests,
  liveComputed,
  longQueue,
  ...balancerCurves,
  classes,
  parts,
  windows,
  peakMemory,
  bytesPerLiveRequest,
  bytesPerHour,
  bytesPerEvent,
];
