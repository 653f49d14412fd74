/**
 * Several processes at once, as one: what reaches a shop is the sum of what many sources send.
 *
 * Each process has its next arrival ready; the earliest is the next of all, and the process it came
 * from is asked again when the one after it is wanted.
 */
import { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { issuesIn, make, oneOf } from "../../schema/definition.ts";
import { arrivals, nested, type Arrivals } from "./arrivals.ts";
import { batch } from "./batch.ts";
import { singleArrivals } from "./single.ts";

const members = [...singleArrivals, batch] as const;

export const superposition = arrivals({
  kind: "superposition",
  summary: "Several arrival processes at once, as one.",
  notes: "Workloads add up too, and keep their own classes and clients; this is for one of both.",
  example:
    "arrivals: { kind: superposition, of: [{ rate: 800 rps }, { kind: deterministic, rate: 1 rps }] }",
  oblivious: true,
  options: {
    of: z.array(oneOf(members, "superposed-arrivals")).min(1).max(100).describe("The processes."),
  },
  check: ({ of }) => of.flatMap((spec, index) => issuesIn(members, spec, ["of", index])),
  expected: ({ of }, context) =>
    of.reduce((sum, spec, index) => {
      const arriving = members.find(({ kind }) => kind === spec.kind)!;
      return sum + arriving.expected(spec as never, nested(context, String(index + 1)));
    }, 0),
  create({ of }, context) {
    const sources = of.map((spec, index) =>
      make(members, spec, nested(context, String(index + 1))),
    );
    return new Superposition(sources);
  },
});

class Superposition implements Arrivals {
  private readonly sources: readonly Arrivals[];
  /** The next arrival of each source [ns] -- state; -1 before it was asked. */
  private readonly due: Float64Array;

  constructor(sources: readonly Arrivals[]) {
    this.sources = sources;
    this.due = new Float64Array(sources.length).fill(-1);
  }

  next(now: Duration): Duration {
    const { sources, due } = this;
    let first = 0;
    for (let source = 0; source < due.length; source++) {
      if (due[source]! < now) due[source] = sources[source]!.next(now);
      if (due[source]! < due[first]!) first = source;
    }
    const instant = due[first]!;
    due[first] = -1;
    return instant;
  }
}
