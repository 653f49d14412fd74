/**
 * M/D/c: Poisson arrivals, service that always takes as long, c servers behind one queue.
 *
 * One service time after an instant, whoever was in service has left and whoever came meanwhile is
 * there: N(t + D) = max(0, N(t) - c) + Poisson(λD). The law that this step keeps is the law of N.
 */
import { assert } from "../../kernel/assert.ts";
import { exp } from "../../kernel/mathematics.ts";
import { solveRising } from "../specialFunctions.ts";
import { expected } from "./birthDeath.ts";
import type { Queue } from "./queue.ts";

/** States are cut, and rounds end, where this little probability is left. */
const NEGLIGIBLE = 1e-15;
const ROUNDS_MAX = 100_000;

export interface ConstantService {
  readonly arrivalRatePerSecond: number;
  readonly serviceSeconds: number;
  readonly servers: number;
}

/**
 * C. D. Crommelin, P.O. Electrical Engineers' Journal 25 (1932) for the numbers; G. J. Franx,
 * Operations Research Letters 29 (2001) for the law of the wait, as a sum without cancellation.
 */
export function mdc({ arrivalRatePerSecond, serviceSeconds, servers }: ConstantService): Queue {
  const load = arrivalRatePerSecond * serviceSeconds;
  assert(load < servers, "the queue grows without end");
  const shares = sharesOf(load, servers);
  const queueLength = expected(shares, (n) => Math.max(0, n - servers));
  const waitingSeconds = queueLength / arrivalRatePerSecond;
  const queuing = cumulative(shares.slice(servers), sum(shares.slice(0, servers)));
  const waitsAtMost = (seconds: number): number => {
    const services = Math.floor(seconds / serviceSeconds) + 1;
    const arrivals = arrivalRatePerSecond * (services * serviceSeconds - seconds);
    const last = services * servers - 1;
    return sum(poisson(arrivals, last).map((chance, j) => chance * (queuing[last - j] ?? 1)));
  };
  const waitingSecondsAt = (p: number) =>
    waitsAtMost(0) >= p
      ? 0
      : solveRising(waitsAtMost, p, 0, longest(waitsAtMost, p, serviceSeconds));
  return {
    utilisation: load / servers,
    waitingProbability: 1 - sum(shares.slice(0, servers)),
    waitingSeconds,
    responseSeconds: waitingSeconds + serviceSeconds,
    queueLength,
    waitingSecondsAt,
    responseSecondsAt: (p) => waitingSecondsAt(p) + serviceSeconds,
  };
}

/** Share of time with 0, 1, 2, … in the system. */
function sharesOf(load: number, servers: number): number[] {
  const arrivals = poisson(load, Math.ceil(load + 12 * Math.sqrt(load) + 30));
  // The tail is geometric; heavy traffic gives its decay closely enough to know where to cut.
  const states = Math.ceil(servers + (20 * load) / (servers - load) + 60);
  let shares = [1];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = new Array<number>(states).fill(0);
    shares.forEach((share, n) => {
      if (share < NEGLIGIBLE * NEGLIGIBLE) return;
      const left = Math.max(0, n - servers);
      for (let k = 0; k < arrivals.length && left + k < states; k += 1)
        next[left + k]! += share * arrivals[k]!;
    });
    const total = sum(next);
    const before = shares;
    shares = next.map((share) => share / total);
    const moved = sum(shares.map((share, n) => Math.abs(share - (before[n] ?? 0))));
    if (moved < NEGLIGIBLE * 10) break;
  }
  return shares;
}

/** Chances of 0, 1, …, `last` arrivals where so many are expected. */
function poisson(mean: number, last: number): number[] {
  const chances = [exp(-mean)];
  for (let n = 1; n <= last; n += 1) chances.push((chances[n - 1]! * mean) / n);
  return chances;
}

/** Law of the number waiting: `none` of the time nobody does. */
function cumulative(waiting: readonly number[], none: number): number[] {
  let total = none;
  return waiting.map((share) => (total += share));
}

function longest(law: (seconds: number) => number, p: number, step: number): number {
  let seconds = step;
  while (law(seconds) < p) seconds *= 2;
  return seconds;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
