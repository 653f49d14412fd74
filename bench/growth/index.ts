import { balancerCurves } from "./balancers.ts";
import { classes, parts, windows } from "./breadth.ts";
import type { Curve } from "./curve.ts";
import { liveRequests } from "./liveRequests.ts";
import { bytesPerEvent, bytesPerHour, bytesPerLiveRequest, peakMemory } from "./memory.ts";
import { pendingEvents } from "./pendingEvents.ts";

/** Every growth curve. A new one is its own file and a line here. */
export const curves: readonly Curve[] = [
  pendingEvents,
  liveRequests,
  ...balancerCurves,
  classes,
  parts,
  windows,
  peakMemory,
  bytesPerLiveRequest,
  bytesPerHour,
  bytesPerEvent,
];
