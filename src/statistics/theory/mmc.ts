/** M/M/c: Poisson arrivals, exponential service, c servers behind one first-come-first-served queue. */
import { assert } from "../../kernel/assert.ts";
import { exp, log } from "../../kernel/mathematics.ts";
import { solveRising } from "../specialFunctions.ts";
import { erlangC } from "./erlang.ts";
import type { Queue } from "./queue.ts";

export interface MmcRates {
  readonly arrivalRatePerSecond: number;
  /** Of one server. */
  readonly serviceRatePerSecond: number;
  readonly servers: number;
}

/** Kleinrock, Queueing Systems I (1975), section 3.5. Those who wait, wait exponentially long. */
export function mmc(rates: MmcRates): Queue {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers } = rates;
  assert(lambda < servers * mu, "the queue grows without end");
  const waitingProbability = erlangC({ offeredErlang: lambda / mu, servers });
  const spare = servers * mu - lambda;
  const waitingSeconds = waitingProbability / spare;
  const answeredWithin = responseLaw(waitingProbability, mu, spare);
  return {
    utilisation: lambda / (servers * mu),
    waitingProbability,
    waitingSeconds,
    responseSeconds: waitingSeconds + 1 / mu,
    queueLength: lambda * waitingSeconds,
    waitingSecondsAt: (p) => Math.max(0, log(waitingProbability / (1 - p)) / spare),
    responseSecondsAt: (p) =>
      solveRising(answeredWithin, p, 0, -log(1 - p) * (1 / spare + 1 / mu) * 2),
  };
}

/** P(response ≤ t): a service of rate mu, after a wait of rate spare with the waiting probability. */
function responseLaw(waitingProbability: number, mu: number, spare: number) {
  return (t: number): number => {
    const served = exp(-mu * t);
    // Wait and service of nearly equal rate: their sum is an Erlang variate of two phases.
    const both =
      Math.abs(spare - mu) < 1e-9 * mu
        ? (1 + mu * t) * served
        : (spare * served - mu * exp(-spare * t)) / (spare - mu);
    return 1 - (1 - waitingProbability) * served - waitingProbability * both;
  };
}
