/** What a service is built from. */
import type { Duration } from "../kernel/time.ts";
import type { Fleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Router } from "./router.ts";
import type { StationPlan } from "./station.ts";

export interface ServiceOptions {
  readonly fleet: Fleet;
  readonly router: Router;
  readonly station: StationPlan;
  /** Calls that may wait at one instance [calls]; Infinity for no limit. */
  readonly queueLimit: number;
  /** How long a call may wait for its first turn before it is dropped [ns]; Infinity for no limit. */
  readonly ageLimit: Duration;
  /** What happens when calls hold more memory than there is; null where they hold none. */
  readonly memory: MemoryLimit | null;
  /** Whether a call keeps its slot while it waits for calls it has made. */
  readonly holdsSlotWhileCalling: boolean;
  /** Whether steps declare cpu, so that utilisation means cores and not slots. */
  readonly computes: boolean;
}

/** The memory of one instance. */
export interface MemoryLimit {
  /** What its calls may hold together [bytes]. */
  readonly size: number;
  /** Too much was asked for [bytes]: the instance dies; null where the call fails instead. */
  readonly exceeded: ((instance: Instance, asked: number) => void) | null;
}
