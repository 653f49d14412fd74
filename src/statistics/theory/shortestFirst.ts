/** M/M/1 whose calls are served in the order of their work: the shortest first. */
import { assert } from "../../kernel/assert.ts";
import { exp } from "../../kernel/mathematics.ts";

export interface ShortestFirst {
  /** Mean response when whoever is in service is finished first [s]. */
  readonly responseSeconds: number;
  /** Mean response when a call interrupts the one that has more work left than its own [s]. */
  readonly preemptiveResponseSeconds: number;
}

/** Sizes are cut at so many means: what is beyond weighs 4e-18. */
const LARGEST = 40;
const STEPS = 8000;

/**
 * A call of x mean sizes waits ρ / s(x)² of them, where s = 1 - ρ E[S; S ≤ x] is what calls no longer
 * than itself leave of the server: T. E. Phipps, Operations Research 4 (1956). With interruption it
 * meets less, and others come in between while it is served; for exponential work both together make
 * 1 / s(x)² of a mean over all sizes: L. E. Schrage, L. W. Miller, Operations Research 14 (1966).
 */
export function shortestFirst(rates: {
  arrivalRatePerSecond: number;
  serviceRatePerSecond: number;
}): ShortestFirst {
  const { arrivalRatePerSecond, serviceRatePerSecond } = rates;
  const load = arrivalRatePerSecond / serviceRatePerSecond;
  assert(load < 1, "the queue grows without end");
  const mean = simpson((x) => {
    const spare = 1 - load * (1 - exp(-x) * (1 + x));
    return exp(-x) / (spare * spare);
  });
  return {
    responseSeconds: (1 + load * mean) / serviceRatePerSecond,
    preemptiveResponseSeconds: mean / serviceRatePerSecond,
  };
}

/** The integral from 0 to `LARGEST`. */
function simpson(of: (x: number) => number): number {
  const step = LARGEST / STEPS;
  let sum = of(0) + of(LARGEST);
  for (let i = 1; i < STEPS; i += 1) sum += of(i * step) * (i % 2 === 0 ? 2 : 4);
  return (sum * step) / 3;
}
