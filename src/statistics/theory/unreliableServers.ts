/**
 * Servers that break, busy or idle, and are mended, before one queue: what a breakdown interrupts goes
 * on where it stopped, on any server. The state is the number present and who is up.
 *
 * I. L. Mitrany, B. Avi-Itzhak, Operations Research 16 (1968); for one server H. White, L. S. Christie,
 * Operations Research 6 (1958). Solved level by level from far above, as M. F. Neuts,
 * Matrix-Geometric Solutions in Stochastic Models (1981), shows.
 */
import { inverse, negative, plus, times, type Matrix } from "./matrices.ts";

export interface UnreliableServers {
  readonly arrivalRatePerSecond: number;
  /** Of one server. */
  readonly serviceRatePerSecond: number;
  /** Servers that are up, in each phase. */
  readonly up: readonly number[];
  /** Rates from phase (row) to phase (column) [1/s]; nothing on the diagonal. */
  readonly changes: Matrix;
}

/** More than this many are never present, for any load of which a queue of this kind recovers. */
const PRESENT_MAX = 2000;

/** Mean number present in steady state. */
export function meanPresentWithBreakdowns(queue: UnreliableServers): number {
  const { arrivalRatePerSecond: arrivals, up, changes } = queue;
  const arriving = diagonal(up.map(() => arrivals));
  const within = (level: number) =>
    changes.map((row, i) => {
      const leaving = row.reduce((sum, rate) => sum + rate, arrivals) + leave(queue, level, i);
      return row.map((rate, j) => (i === j ? -leaving : rate));
    });
  const down = (level: number) => diagonal(up.map((_, phase) => leave(queue, level, phase)));
  // p(n + 1) = p(n) R(n), and R(n) = arriving (-within(n + 1) - R(n + 1) down(n + 2))⁻¹.
  const steps: Matrix[] = [];
  let next: Matrix = diagonal(up.map(() => 0));
  for (let level = PRESENT_MAX; level >= 1; level -= 1) {
    next = times(arriving, inverse(negative(plus(within(level), times(next, down(level + 1))))));
    steps[level - 1] = next;
  }
  let weights = nullVector(plus(within(0), times(steps[0]!, down(1))));
  let [all, weighted] = [sumOf(weights), 0];
  steps.forEach((step, below) => {
    weights = times([weights], step)[0]!;
    all += sumOf(weights);
    weighted += (below + 1) * sumOf(weights);
  });
  return weighted / all;
}

/** Rate at which calls leave, with so many present in a phase [1/s]. */
function leave({ serviceRatePerSecond, up }: UnreliableServers, present: number, phase: number) {
  return Math.min(present, up[phase]!) * serviceRatePerSecond;
}

function diagonal(values: readonly number[]): Matrix {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

/** What balances, with total 1: one equation says nothing new, the total takes its place. */
function nullVector(balance: Matrix): number[] {
  const last = balance.length - 1;
  const system = balance.map((row) => row.map((value, j) => (j === last ? 1 : value)));
  return [...inverse(system)[last]!];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
