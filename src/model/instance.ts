/** One machine (or container) of a fleet: where it is, what state it is in, how fast it works. */
import type { Duration } from "../kernel/time.ts";
import type { Shape } from "./shape.ts";

/** The life of an instance, in order; `crashed` may follow any of the first four. */
export const instanceStates = [
  "provisioning",
  "starting",
  "ready",
  "draining",
  "crashed",
  "gone",
] as const;

export type InstanceState = (typeof instanceStates)[number];

export class Instance {
  /** Position in the fleet, from 0; never used again -- constant. */
  readonly id: number;
  /** "web-3" -- constant. */
  readonly name: string;
  /** Where it is; "" for a pod that no node has room for yet. */
  zone: string;
  /** What it runs: 0 is what was there at the start, each rollout brings the next -- constant. */
  readonly version: number;
  /** From here on it is paid for [ns] -- constant. */
  readonly launchedAt: Duration;
  /** What it is made of, where that is not what its fleet began with -- constant once launched. */
  shape: Shape | null = null;
  state: InstanceState = "provisioning";
  /** Since when it is in this state [ns]. */
  stateSince: Duration;
  /** When it stopped being paid for [ns]; null while it lives. */
  goneAt: Duration | null = null;
  /** How many times as long work takes; 1 is normal. */
  slowness = 1;
  /** Share of its slots that is lost [0 to 1]. */
  lostCapacity = 0;
  /** Dead without a word, or hung: nobody resets its connections, calls to it get no answer. */
  silent = false;
  /** It was scaled in: it takes no new calls and does not come back from a crash. */
  leaving = false;
  /** It runs, but balancers are not to send it calls: the side of a blue-green rollout that waits. */
  withheld = false;
  /** Time it served, up to its last change of state [ns]. */
  private served: Duration = 0;
  /** Counts its starts, so that a plan made for an earlier life does nothing in a later one. */
  life = 0;

  constructor(id: number, name: string, zone: string, now: Duration, version = 0) {
    this.id = id;
    this.name = name;
    this.zone = zone;
    this.version = version;
    this.launchedAt = now;
    this.stateSince = now;
  }

  enter(state: InstanceState, now: Duration): void {
    this.served = this.servedTime(now);
    this.state = state;
    this.stateSince = now;
    if (state === "gone") this.goneAt = now;
  }

  /** Time it served so far [ns]. */
  servedTime(now: Duration): Duration {
    return this.served + (this.serving ? now - this.stateSince : 0);
  }

  /** Neither dead nor gone. */
  get running(): boolean {
    return this.state !== "crashed" && this.state !== "gone";
  }

  /** Serves, and does not hang. */
  get answers(): boolean {
    return this.serving && !this.silent;
  }

  /** Works on calls: those it has, and new ones unless it drains. */
  get serving(): boolean {
    return this.state === "ready" || this.state === "draining";
  }
}
