/** Several classes at one server, the first served first. Poisson arrivals, any service laws. */
import { assert } from "../../kernel/assert.ts";
import type { Mg1Load } from "./mg1.ts";

/**
 * Mean waits by class [s] when a request in service is finished first. A. Cobham, Operations
 * Research 2 (1954).
 */
export function nonPreemptiveWaits(classes: readonly Mg1Load[]): number[] {
  const residual = residualSeconds(classes);
  return classes.map((_, k) => residual / (spareAbove(classes, k) * spareAbove(classes, k + 1)));
}

/**
 * Mean responses by class [s] when a more urgent arrival interrupts and the interrupted work is
 * resumed. Gross and Harris, Fundamentals of Queueing Theory, section 3.4.
 */
export function preemptiveResponses(classes: readonly Mg1Load[]): number[] {
  return classes.map(({ serviceSeconds }, k) => {
    const residual = residualSeconds(classes.slice(0, k + 1));
    return (serviceSeconds + residual / spareAbove(classes, k + 1)) / spareAbove(classes, k);
  });
}

/** Work left of whatever is in service when somebody arrives [s]. */
function residualSeconds(classes: readonly Mg1Load[]): number {
  return classes.reduce(
    (sum, { arrivalRatePerSecond, serviceSeconds, serviceScv }) =>
      sum + (arrivalRatePerSecond * serviceSeconds * serviceSeconds * (1 + serviceScv)) / 2,
    0,
  );
}

/** Share of time left by the first k classes. */
function spareAbove(classes: readonly Mg1Load[], k: number): number {
  const used = classes
    .slice(0, k)
    .reduce((sum, load) => sum + load.arrivalRatePerSecond * load.serviceSeconds, 0);
  assert(used < 1, "the queue grows without end");
  return 1 - used;
}
