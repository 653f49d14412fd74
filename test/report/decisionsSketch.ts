/** A comparison, a sweep and a search such as people will have, and with names of strangers. */
import { grid } from "../../src/experiment/axes.ts";
import { compare } from "../../src/experiment/compare.ts";
import type { Sizing } from "../../src/experiment/sizing.ts";
import { sweepSchema, type Sweep } from "../../src/experiment/sweepResult.ts";
import { sampleResult } from "./sample.ts";

export const HOSTILE = "<b>=1+1|</b>";

/** Results with prices and three numbers each. */
function priced(name: string, shift: number) {
  const values = (mean: number) => [0, 1, 2, 3, 4].map((run) => mean + (run % 3) * 0.01);
  const samples = [
    { metric: "availability", of: null, unit: "share", values: values(0.9) },
    { metric: "p99", of: null, unit: "s", values: values(0.4 + shift) },
    { metric: "p99", of: HOSTILE, unit: "s", values: values(0.5) },
    { metric: "cost", of: null, unit: "USD", values: values(2 - shift) },
  ];
  return { name, result: { ...sampleResult({ title: HOSTILE, replications: 5 }), samples } };
}

export const comparisons = {
  two: compare([priced("base", 0), priced(HOSTILE, 0.2)], 0.95),
  three: compare([priced("base", 0), priced("a", 0.2), priced("b", -0.1)], 0.95),
};

/** A sweep over inputs with so many values each, every cell with three numbers. */
export function swept(design: "grid" | "latin-hypercube", sizes: readonly number[]): Sweep {
  const axes = sizes.map((size, axis) => ({
    path: `parts.web.input${axis}`,
    values: Array.from({ length: size }, (_, at) => String(at + 1)),
  }));
  const points = grid(axes);
  return sweepSchema.parse({
    ...{ format: "loadstar/sweep", version: "1.0", engine: "0.1.0", runId: "a", fingerprint: "b" },
    ...{ title: HOSTILE, scenario: "night", variant: null, seed: "1", replications: 2 },
    ...{ confidence: 0.95, design, axes, sensitivity: [], warnings: [] },
    cells: points.map((values, index) => ({
      ...{ index, values, stopped: null, met: index > 2 },
      estimates: [
        {
          metric: "availability",
          of: null,
          unit: "share",
          mean: 0.9 + index / 1000,
          halfWidth: 0.01,
        },
        { metric: "p99", of: null, unit: "s", mean: 1 / (index + 1), halfWidth: null },
        { metric: "cost", of: null, unit: "USD", mean: index + 1, halfWidth: 0 },
      ],
    })),
  });
}

/** A search that tried one and two slots. */
export function sized(title: string): Sizing {
  const judged = {
    name: "p99 of all requests below 1 s",
    kind: "latency",
    target: 1,
    mean: 0.8,
  } as const;
  const trial = (values: string[], bound: number) => ({
    ...{
      values,
      replications: 5,
      cost: 0.5 + Number(values[0]),
      stopped: null,
      binding: judged.name,
      margin: 1 - bound,
    },
    objectives: [{ ...judged, bound, margin: 1 - bound, verdict: "holds" as const }],
    verdict: bound < 1 ? ("holds" as const) : ("fails" as const),
  });
  return {
    ...{ format: "loadstar/sizing", version: "1.0", engine: "0.1.0", runId: "a", fingerprint: "b" },
    ...{ title, scenario: "night", variant: null, seed: "1", confidence: 0.95 },
    ...{ goal: "cheapest", knobs: [{ path: "parts.web.slots", values: ["1", "2"] }], warnings: [] },
    answer: trial(["2"], 0.9),
    confirmation: trial(["2"], 0.95),
    drills: ["crash"],
    fresh: { kept: 99, of: 100, missChance: { low: 0.0003, high: 0.054 } },
    trials: [trial(["2"], 0.9), trial(["1"], 1.4)],
    analytic: [
      {
        ...{ part: HOSTILE, servers: 2, offeredErlang: 2.5, utilisation: 1.25 },
        ...{ simulatedUtilisation: 1, waitingSeconds: null, simulatedWaitingSeconds: 9 },
      },
      {
        ...{ part: "idle", servers: 99, offeredErlang: 1, utilisation: 1 / 99 },
        ...{ simulatedUtilisation: 0.01, waitingSeconds: 1e-20, simulatedWaitingSeconds: 0 },
      },
    ],
  };
}
