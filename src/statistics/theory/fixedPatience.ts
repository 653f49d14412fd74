/** M/M/c+D: everybody waits the same time in the queue at most, then leaves it. */
import { exp } from "../../kernel/mathematics.ts";
import type { ImpatientQueue } from "./erlangA.ts";
import type { MmcRates } from "./mmc.ts";

/**
 * F. Baccelli, G. Hebuterne (1981); S. Zeltyn, A. Mandelbaum, Queueing Systems 51 (2005). With the
 * drift k = λ - cμ, J and JH integrate e^(λ min(x,D) - cμx), and min(x,D) times that, over x ≥ 0.
 */
export function fixedPatience(rates: MmcRates & { patienceSeconds: number }): ImpatientQueue {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers } = rates;
  const { patienceSeconds: patience } = rates;
  const [load, drift, drain] = [lambda / mu, lambda - servers * mu, servers * mu];
  const end = exp(drift * patience);
  const still = Math.abs(drift * patience) < 1e-6;
  const before = still ? patience : (end - 1) / drift;
  const weighted = still
    ? (patience * patience) / 2
    : (patience * end) / drift - (end - 1) / (drift * drift);
  const [j, jh] = [before + end / drain, weighted + (patience * end) / drain];
  // Sum of a^n/n! for n < c, over the last of them: by a recursion that does not overflow.
  let states = 1;
  for (let n = 1; n < servers; n += 1) states = 1 + (states * n) / load;
  const whole = states + lambda * j;
  const renegeProbability = (1 + drift * j) / whole;
  const waitingSeconds = (lambda * jh) / whole;
  return {
    utilisation: (load * (1 - renegeProbability)) / servers,
    waitingProbability: (lambda * j) / whole,
    renegeProbability,
    queueLength: lambda * waitingSeconds,
    waitingSeconds,
  };
}
