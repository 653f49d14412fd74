/** M/M/1: Poisson arrivals, exponential service, one server, first come first served. */
import { assert } from "../../kernel/assert.ts";
import { log } from "../../kernel/mathematics.ts";
import type { Queue } from "./queue.ts";

/** Kleinrock, Queueing Systems I (1975), chapter 3. The response time is itself exponential. */
export function mm1(rates: { arrivalRatePerSecond: number; serviceRatePerSecond: number }): Queue {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu } = rates;
  assert(lambda < mu, "the queue grows without end");
  const utilisation = lambda / mu;
  const spare = mu - lambda;
  return {
    utilisation,
    waitingProbability: utilisation,
    waitingSeconds: utilisation / spare,
    responseSeconds: 1 / spare,
    queueLength: (lambda * utilisation) / spare,
    waitingSecondsAt: (p) => Math.max(0, log(utilisation / (1 - p)) / spare),
    responseSecondsAt: (p) => -log(1 - p) / spare,
  };
}
