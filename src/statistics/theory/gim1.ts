/**
 * GI/M/1: any independent gaps between arrivals, exponential service, one server.
 *
 * Round robin over n servers sends every n-th Poisson arrival to each, so each is E_n/M/1.
 */
import { assert } from "../../kernel/assert.ts";
import { exp, log } from "../../kernel/mathematics.ts";
import { solveRising } from "../specialFunctions.ts";
import type { Queue } from "./queue.ts";

/** Gaps between arrivals: their rate and their Laplace transform E[exp(-s · gap)]. */
export interface Gaps {
  readonly ratePerSecond: number;
  transform(s: number): number;
}

/** Gaps that are a sum of equal exponential phases; one phase makes Poisson arrivals. */
export function erlangGaps(ratePerSecond: number, phases: number): Gaps {
  const phaseRate = phases * ratePerSecond;
  return { ratePerSecond, transform: (s) => exp(phases * log(phaseRate / (phaseRate + s))) };
}

/** Gaps that are all the same. */
export function constantGaps(ratePerSecond: number): Gaps {
  return { ratePerSecond, transform: (s) => exp(-s / ratePerSecond) };
}

/** Kleinrock, Queueing Systems I (1975), chapter 6: an arrival waits with the root σ of A*(μ(1-σ)) = σ. */
export function gim1(gaps: Gaps, serviceRatePerSecond: number): Queue {
  const utilisation = gaps.ratePerSecond / serviceRatePerSecond;
  assert(utilisation < 1, "the queue grows without end");
  // Below the root the transform is above σ, beyond it below, up to the second root at 1.
  const excess = (sigma: number) => sigma - gaps.transform(serviceRatePerSecond * (1 - sigma));
  const sigma = solveRising((x) => (excess(x) > 0 ? 1 : 0), 1, 0, 1 - (1 - utilisation) * 1e-6);
  const spare = serviceRatePerSecond * (1 - sigma);
  const waitingSeconds = sigma / spare;
  return {
    utilisation,
    waitingProbability: sigma,
    waitingSeconds,
    responseSeconds: 1 / spare,
    queueLength: gaps.ratePerSecond * waitingSeconds,
    waitingSecondsAt: (p) => Math.max(0, log(sigma / (1 - p)) / spare),
    responseSecondsAt: (p) => -log(1 - p) / spare,
  };
}
