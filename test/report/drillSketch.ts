/** A drill as it would be held on the sample: one part that survives a crash, and one that does not. */
import type { Result } from "../../src/experiment/result.ts";

type Drill = NonNullable<Result["drill"]>;

/** @param checkout what the class is called */
export function drillSketch(checkout: string): Drill {
  type Judged = Omit<Drill["trials"][number]["objectives"][number], "cause">;
  const objectives = (available: number, p99: number): Judged[] => [
    {
      name: "99.95 % of requests succeed",
      kind: "availability",
      target: 0.9995,
      observed: available,
      met: available >= 0.9995,
    },
    {
      name: `p99 of ${checkout} below 800 ms`,
      kind: "latency",
      target: 0.8,
      observed: p99,
      met: p99 < 0.8,
    },
  ];
  const trial = (
    part: string | null,
    kind: Drill["trials"][number]["kind"],
    words: string,
    seen: readonly [number, number],
  ) => {
    const broken = "00:01:30 crash of web-1 → 00:01:40 web runs out of slots";
    const found = objectives(...seen).map((one) => ({ ...one, cause: one.met ? null : broken }));
    const met = found.every((one) => one.met);
    return { part, kind, words, stopped: null, met, objectives: found };
  };
  return {
    at: 1290,
    rate: 24_000,
    length: 60,
    trials: [
      trial(null, "nothing", "nothing is broken", [1, 0.3]),
      trial("stock", "crash", "one instance of stock crashes and is not repaired", [0.9997, 0.4]),
      trial("web", "crash", "one instance of web crashes and is not repaired", [0.92, 0.7]),
      trial("web", "slow", "one instance of web is 5 times as slow", [0.9, 1.7]),
      trial(null, "zone", "zone a is out", [0.9, 1.7]),
      {
        part: "web",
        kind: "partition",
        words: "nobody reaches web",
        stopped: "the run met a limit",
        met: false,
        objectives: [],
      },
    ],
  };
}
