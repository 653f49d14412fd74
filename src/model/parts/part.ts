/** The nouns of the picture: what a platform is made of. The contract of the family. */
import type { z } from "zod";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { Histogram } from "../../statistics/histogram.ts";
import type { Lane } from "../express/lane.ts";
import type { Fleet } from "../fleet.ts";
import type { Service } from "../service.ts";
import type { Vrrp } from "../vrrp.ts";
import type { World } from "../world.ts";

export interface Part {
  /** Number by which calls name it. */
  readonly number: number;
  readonly fleet: Fleet | null;
  /** Its slots and queues; null for a part that has none. */
  readonly service: Service | null;
  /** What its utilisation is a share of; null for a part without a queue. */
  readonly resource: "slots" | "cores" | "connections" | null;
  /** Whether it answers from what it keeps, so that hits and misses are counted. */
  readonly keeps: boolean;
  /** Number of one of its operations; null when it has none of that name. */
  operation(name: string): number | null;
  /** What the express path has to know of it, once linked; absent for a part it cannot compute. */
  lane?(): Lane;
  /** Finds the parts it calls; every part exists by now. */
  link(): void;
  /** Keys from this on are of no item, as far as the part knows; without it, of all there is one. */
  items?(): number;
  /** Whether DNS would name it; without it, while an instance of its fleet is ready. */
  isUp?(): boolean;
  /** Who of its own nodes has its address; only of a load balancer that has several. */
  readonly vrrp?: Vrrp;
  /** Totals since the start of the run. */
  read(): PartReading;
  /** Times of the measured part of the run [ns]; null for a part without a queue. */
  readonly waitingTime: Histogram | null;
  readonly serviceTime: Histogram | null;
  /** The warm-up is over: peaks and distributions begin anew. */
  beginMeasuring(): void;
}

/** Finds parts by name. */
export interface Directory {
  part(name: string): Part;
}

/** Running totals of a part; any stretch of time is the difference of two readings. */
export interface PartReading {
  /** Slot-time (core-time where cores are declared) in use, and there to be used [slot ns]. */
  readonly busyTime: number;
  readonly servingTime: number;
  /** Slot-time there to be used [slot ns]; equal to servingTime unless cores are declared. */
  readonly slotTime: number;
  /** Slot-time in use [slot ns]. */
  readonly slotBusyTime: number;
  /** Slot-time spent for callers that had gone [slot ns]. */
  readonly wastedTime: number;
  /** Queue length integrated [call ns], and its peak since the last reset [calls]. */
  readonly queueTime: number;
  readonly queueLengthMax: number;
  /** Sum and number of waiting times and of service times [ns], [calls]. */
  readonly waitedSum: number;
  readonly waitedCount: number;
  readonly servedSum: number;
  readonly servedCount: number;
  readonly hits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly evictions: number;
  /** Answers past their time, and hits that said that there is no such item. */
  readonly stale: number;
  readonly filtered: number;
  /** Time in use of disks and networks, and there to be used [server ns]; absent where there are none. */
  readonly diskBusyTime?: number;
  readonly diskTime?: number;
  readonly networkBusyTime?: number;
  readonly networkTime?: number;
}

/** The reading of a part that measures nothing of its own. */
export const nothingRead: PartReading = {
  busyTime: 0,
  servingTime: 0,
  slotTime: 0,
  slotBusyTime: 0,
  wastedTime: 0,
  queueTime: 0,
  queueLengthMax: 0,
  waitedSum: 0,
  waitedCount: 0,
  servedSum: 0,
  servedCount: 0,
  hits: 0,
  misses: 0,
  coalesced: 0,
  evictions: 0,
  stale: 0,
  filtered: 0,
};

export interface PartContext {
  readonly name: string;
  readonly world: World;
  /** The other parts, once all have been made. */
  readonly directory: Directory;
  /** Cores of an instance type [vCPU]. */
  coresOf(type: string): number;
}

/** A name in a part's specification that must be an operation of another part: "stock.read". */
export interface Reference {
  readonly path: readonly (string | number)[];
  readonly target: string;
}

/** References of a piece of a specification, with paths from where the piece is a part of. */
export function below(path: Reference["path"], references: readonly Reference[]): Reference[] {
  return references.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

/** What must be known of a part before it is built, to check the names in a scenario. */
export interface Anatomy<Options> {
  /** Its operations; or the part behind it, whose operations it passes on. */
  operations(options: Options): readonly string[] | { readonly like: string };
  /** The operation that the part's name alone means; without it, the only one there is. */
  readonly usualOperation?: string;
  /** The operations it calls. */
  references(options: Options): readonly Reference[];
  /** Whether it runs on a fleet that balancers, scalers and faults may name. */
  readonly hasFleet: boolean;
  /** Whether it has slots, which is what autoscalers measure. */
  readonly hasSlots: boolean;
  /** Whether it chooses among the instances of the part behind it; no, unless it says so. */
  readonly choosesInstances?: boolean;
  /** Whether it does its work by the keys of requests; never, unless it says so. */
  needsKeys?(options: Options): boolean;
}

const define = family<PartContext, Part>("part");

/** The definer of the family: a definition with its anatomy. */
export function part<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, PartContext, Part> &
    Anatomy<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, PartContext, Part> & Anatomy<z.output<z.ZodObject<Options>>> {
  const { operations, references, hasFleet, hasSlots } = declaration;
  return { ...define(declaration), operations, references, hasFleet, hasSlots };
}

/** The operation that stands for every name a part does not list. */
export const ANY_OPERATION = "default";

/** Splits "stock.read" into part and operation; the part alone means its operation for everything. */
export function splitTarget(target: string): { part: string; operation: string } {
  const dot = target.indexOf(".");
  if (dot < 0) return { part: target, operation: ANY_OPERATION };
  return { part: target.slice(0, dot), operation: target.slice(dot + 1) };
}
