/** Where the instances of a fleet live when they are pods: what a fleet needs to know of its nodes. */
import type { Duration } from "../kernel/time.ts";
import type { Distribution } from "../statistics/distributions/distribution.ts";
import type { Fleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Room } from "./packing.ts";

/** What a node must have for one pod of a fleet. */
export interface PodOptions {
  /** Of cores in thousandths, of memory in bytes. */
  readonly needs: Room;
  /** Fetching its image to a node. */
  readonly imagePull: Distribution;
  /** Fetches it although the node has it. */
  readonly pullsAlways: boolean;
}

export interface Lodging {
  /** Finds a node, now or later; then the pod may start, once its image is pulled [ns]. */
  house(pod: Instance, owner: Fleet, housed: (imagePull: Duration) => void): void;
  /** A pod is gone: its room is free. */
  vacate(pod: Instance): void;
  /** Whether a pod's node is up. */
  isUp(pod: Instance): boolean;
  /** Pods of the same fleet on a pod's node, itself included [pods]. */
  neighbours(pod: Instance): number;
}
