/** What a fleet is made from, what it works with, and who may listen to it. */
import type { Duration } from "../kernel/time.ts";
import type { Distribution } from "../statistics/distributions/distribution.ts";
import type { Agenda } from "./agenda.ts";
import type { Instance } from "./instance.ts";
import type { Journal } from "./journal.ts";
import type { Lodging, PodOptions } from "./lodging.ts";
import type { Protection } from "./protection.ts";
import type { Supply } from "./supply.ts";
import type { Termination } from "./terminations/termination.ts";
import type { WarmPool } from "./warmPool.ts";
import type { Zones } from "./zones.ts";

/** What happens to instances, for those who must act on it. */
export interface FleetObserver {
  /** It can take calls from now on. */
  ready?(instance: Instance): void;
  /** It takes no new calls; those it has may finish. */
  draining?(instance: Instance): void;
  /** It died. A silent one answers nobody; any other resets its connections. */
  crashed?(instance: Instance): void;
  /** It comes back from a crash with nothing in memory. */
  restarting?(instance: Instance): void;
  /** It is no more. */
  gone?(instance: Instance): void;
  /** Work takes `ratio` times as long from now on as it did until now. */
  speed?(instance: Instance, ratio: number): void;
  /** It has more or fewer slots from now on. */
  capacity?(instance: Instance): void;
  /** It forgets what it keeps. */
  flushed?(instance: Instance): void;
  /** Balancers may send it calls from now on, or no more; it is ready all the while. */
  rotation?(instance: Instance, inRotation: boolean): void;
  /** Whether it has calls. */
  isBusy?(instance: Instance): boolean;
}

/** Decides which instances there are while a new version is rolled out. */
export interface Steward {
  /** The desired number, or what there is, has changed. */
  meet(reason: string): void;
}

export interface FleetOptions {
  readonly part: string;
  /** Instance type, as the price catalogue names it; null for machines that cost nothing. */
  readonly type: string | null;
  /** Cores of one instance [vCPU]. */
  readonly cores: number;
  /** Instances at the start [instances]. */
  readonly instances: number;
  readonly zones: readonly string[];
  /** Weights for balancers, dealt to instances in turn as they are launched. */
  readonly weights: readonly number[];
  /** From the request for a machine to its start [ns]. */
  readonly provisioning: Duration;
  /** From its start to its first call. */
  readonly startUp: Distribution;
  /** How long a draining instance may finish its calls before it is stopped [ns]. */
  readonly drainTimeout: Duration;
  /** How long after a crash nobody repairs the fleet launches another instance [ns]; null: never. */
  readonly replaceAfter: Duration | null;
  /** From when an instance is ready until balancers know of it [ns]. */
  readonly registration: Duration;
  readonly protection: Protection;
  /** Which ready instance leaves first. */
  readonly termination: Termination;
  /** Where its instances live, and what they need there, if they are pods; null for machines. */
  readonly lodging: Lodging | null;
  readonly pod: PodOptions | null;
  readonly warmPool: WarmPool | null;
}

/** What a fleet shares with everything else. */
export interface FleetWorld {
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly zones: Zones;
  /** Null where the cloud has everything at any time. */
  readonly supply: Supply | null;
}

/** A time in words for a reason: "75.2 s". */
export function seconds(duration: Duration): string {
  return `${Math.floor(duration / 1e8 + 0.5) / 10} s`;
}
