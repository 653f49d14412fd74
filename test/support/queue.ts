/** A queue of a discipline over plain links, whose calls are what a test says of them. */
import { make } from "../../src/schema/definition.ts";
import type { Links, Queue } from "../../src/model/disciplines/discipline.ts";
import { disciplines, disciplineSchema } from "../../src/model/disciplines/index.ts";

const [nexts, previouses] = [new Map<number, number>(), new Map<number, number>()];
const links: Links = {
  next: (call) => nexts.get(call)!,
  setNext: (call, next) => void nexts.set(call, next),
  previous: (call) => previouses.get(call)!,
  setPrevious: (call, previous) => void previouses.set(call, previous),
};

/** What is known of calls; a test changes what matters to it. */
export interface Facts {
  readonly clock: { now: number };
  requestClass(call: number): number;
  priority(call: number): number;
  deadline(call: number): number;
  work(call: number): number;
  sentAt(call: number): number;
  waitingSince(call: number): number;
}

const nothingSpecial: Facts = {
  clock: { now: 0 },
  requestClass: (call) => call % 3,
  priority: (call) => call % 3,
  deadline: (call) => call % 7,
  work: (call) => call % 5,
  sentAt: () => 0,
  waitingSince: () => 0,
};

/** Every queue made here shares one table of links, as the queues of a run do. */
export function emptyQueue(kind: string, options: object = {}, facts: Partial<Facts> = {}): Queue {
  const spec = disciplineSchema.parse({ kind, ...options });
  return make(disciplines, spec, { links, ...nothingSpecial, ...facts });
}
