/** A queue of a discipline over plain links. */
import { make } from "../../src/schema/definition.ts";
import type { Links, Queue } from "../../src/model/disciplines/discipline.ts";
import { disciplines, disciplineSchema } from "../../src/model/disciplines/index.ts";

const table = new Map<number, number>();
const links: Links = {
  next: (call) => table.get(call)!,
  setNext: (call, next) => void table.set(call, next),
};

/** Every queue made here shares one table of links, as the queues of a run do. */
export function emptyQueue(kind: string): Queue {
  return make(disciplines, disciplineSchema.parse({ kind }), { links });
}
