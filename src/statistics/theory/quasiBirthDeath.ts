/**
 * Queues whose arrivals or services have phases: a chain that goes up and down by one level, the
 * number present, among a few phases. Its levels are p(n) = p(0) Rⁿ.
 *
 * M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models (1981).
 */
import { inverse, negative, plus, times, type Matrix } from "./matrices.ts";

/** Rates from phase (row) to phase (column) [1/s]; what stays in its phase is left out. */
export type Rates = Matrix;

export interface PhasedQueue {
  /** With an arrival: one level up. */
  readonly up: Rates;
  /** Changes of phase alone, while somebody is there and while nobody is. */
  readonly busy: Rates;
  readonly idle: Rates;
  /** With a departure: one level down. */
  readonly down: Rates;
}

const ROUNDS_MAX = 100_000;
const PRECISION = 1e-15;

/** Mean number present in steady state. */
export function meanPresent({ up, busy, idle, down }: PhasedQueue): number {
  const size = up.length;
  const leaving = (rates: readonly Rates[], phase: number) =>
    rates.reduce((sum, each) => sum + each[phase]!.reduce((all, rate) => all + rate, 0), 0);
  const local = (rates: Rates, all: readonly Rates[]) =>
    rates.map((row, i) => row.map((rate, j) => (i === j ? rate - leaving(all, i) : rate)));
  const within = local(busy, [up, busy, down]);
  // R = up (-within - R down)⁻¹, from R = 0 upwards.
  let r: Rates = up.map((row) => row.map(() => 0));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = times(up, inverse(negative(plus(within, times(r, down)))));
    const moved = Math.max(...next.flatMap((row, i) => row.map((x, j) => Math.abs(x - r[i]![j]!))));
    r = next;
    if (moved < PRECISION) break;
  }
  const identity = up.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  const rest = inverse(plus(identity, negative(r)));
  const empty = emptyLaw(plus(local(idle, [up, idle]), times(r, down)), rest, size);
  // L = Σ n p(0) Rⁿ 1 = p(0) R (I - R)⁻² 1.
  const [mean] = times([empty], times(r, times(rest, rest)));
  return mean!.reduce((sum, value) => sum + value, 0);
}

/** p(0): it balances at level 0, and all levels together have probability 1. */
function emptyLaw(balance: Rates, rest: Rates, size: number): number[] {
  const weights = rest.map((row) => row.reduce((sum, value) => sum + value, 0));
  // One equation of the balance says nothing new; the total takes its place.
  const system = balance.map((row, i) => row.map((x, j) => (j === size - 1 ? weights[i]! : x)));
  return [...inverse(system)[size - 1]!];
}
