/** Callers who find every server busy and try again later, by chance. */
import { solveRising } from "../specialFunctions.ts";
import { erlangB, type ErlangLoad } from "./erlang.ts";

/**
 * Mean attempts for each request at one server without a queue, when whoever finds it busy tries
 * again after an exponential time, for ever. G. Falin, J. Templeton, Retrial Queues (1997), ch. 1.
 */
export function retrialAttempts(rates: {
  arrivalRatePerSecond: number;
  serviceRatePerSecond: number;
  retryRatePerSecond: number;
}): number {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, retryRatePerSecond } = rates;
  const rho = lambda / mu;
  const orbit = (rho * rho * (mu + retryRatePerSecond)) / ((1 - rho) * retryRatePerSecond);
  // Everybody in orbit tries at that rate, and first attempts come on top.
  return 1 + (orbit * retryRatePerSecond) / lambda;
}

/**
 * Share of attempts lost when a share of the lost tries again much later: the extended Erlang B
 * formula, a fixed point. R. I. Wilkinson, Bell System Technical Journal 35 (1956), treats recalls.
 */
export function extendedErlangB(load: ErlangLoad & { recallShare: number }): number {
  const { offeredErlang: first, servers, recallShare } = load;
  // What is offered beyond what the recalls explain falls short below the fixed point.
  const excess = (offered: number) =>
    offered - recallShare * erlangB({ offeredErlang: offered, servers }) * offered;
  const offeredErlang = solveRising(excess, first, first, first / (1 - recallShare) + 1);
  return erlangB({ offeredErlang, servers });
}
