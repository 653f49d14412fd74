/** What a node of a pool may be: a node group to the Cluster Autoscaler, an instance type to Karpenter. */
import type { Room } from "./packing.ts";
import type { Shape } from "./shape.ts";

export interface NodeType {
  /** Its instance type, by which users know it. */
  readonly name: string;
  /** What a fleet launches of it. */
  readonly shape: Shape;
  /** What an empty node of it has for pods. */
  readonly empty: Room;
  /** On demand, in the currency of the scenario [1/h]. */
  readonly pricePerHour: number;
  /** Nodes of it at most [nodes]. */
  readonly most: number;
}

/** What instance types are, for those who make nodes of them. */
export interface TypeBook {
  /** [vCPU] */
  coresOf(type: string): number;
  /** On demand, in the currency of the scenario [1/h]. */
  pricePerHourOf(type: string): number;
}
