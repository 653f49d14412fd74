/** GI/M/c: any independent gaps between arrivals, exponential service, c servers behind one queue. */
import { assert } from "../../kernel/assert.ts";
import { solveRising } from "../specialFunctions.ts";
import type { Gaps } from "./gim1.ts";
import type { Averages } from "./queue.ts";

/** L. Takács, Introduction to the Theory of Queues (1962), chapter 2, theorem 3. */
export function gimc(
  gaps: Gaps,
  { serviceRatePerSecond: mu, servers }: { serviceRatePerSecond: number; servers: number },
): Averages & { readonly waitingProbability: number } {
  const utilisation = gaps.ratePerSecond / (servers * mu);
  assert(utilisation < 1, "the queue grows without end");
  const excess = (x: number) => x - gaps.transform(servers * mu * (1 - x));
  const sigma = solveRising((x) => (excess(x) > 0 ? 1 : 0), 1, 0, 1 - (1 - utilisation) * 1e-6);
  let sum = 1 / (1 - sigma);
  let [choose, product] = [1, 1];
  for (let j = 1; j <= servers; j += 1) {
    const phi = gaps.transform(j * mu);
    choose *= (servers - j + 1) / j;
    product *= phi / (1 - phi);
    sum +=
      ((choose / (product * (1 - phi))) * (servers * (1 - phi) - j)) / (servers * (1 - sigma) - j);
  }
  const waitingProbability = 1 / sum / (1 - sigma);
  const waitingSeconds = waitingProbability / (servers * mu * (1 - sigma));
  return {
    utilisation,
    waitingProbability,
    waitingSeconds,
    responseSeconds: waitingSeconds + 1 / mu,
    queueLength: gaps.ratePerSecond * waitingSeconds,
  };
}
