/**
 * What the calls at one instance contend for beside slots: its cores, its disk, its network.
 *
 * A resource has servers that all work at the same speed. Either a call has a server to itself and
 * the others wait (fcfsServers.ts), or all share them evenly (sharedServers.ts).
 */
import type { ExactSum } from "../kernel/exactSum.ts";
import type { Duration } from "../kernel/time.ts";

/** The resources of an instance, by their place in a station's list. */
export const resourceNames = ["cpu", "disk", "network"] as const;
export type ResourceName = (typeof resourceNames)[number];

export interface Resource {
  /** Servers [servers] -- constant. */
  readonly servers: number;
  /** Does the work that is drawn for a call, now or later, then tells the service. */
  take(call: number): void;
  /** Server-time in use up to now [server ns]. */
  addUsedTime(total: ExactSum): void;
  /** Work takes so many times as long from now on; 1 is normal. */
  pace(slowness: number): void;
  /** Nothing is worked on until an instant [ns]. */
  pause(until: Duration): void;
  /** Nothing is at work here any more: the instance died. Its calls' events are cancelled elsewhere. */
  clear(): void;
}

export type Sharing = "fcfs" | "processor-sharing";
