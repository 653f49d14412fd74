/**
 * Queues whose arrivals or services have phases: a chain that goes up and down by one level, the
 * number present, among a few phases. Its levels are p(n) = p(0) Rⁿ.
 *
 * M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models (1981).
 */
import { assert } from "../../kernel/assert.ts";

/** Rates from phase (row) to phase (column) [1/s]; what stays in its phase is left out. */
export type Rates = readonly (readonly number[])[];

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

function times(a: Rates, b: Rates): number[][] {
  return a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)),
  );
}

function plus(a: Rates, b: Rates): number[][] {
  return a.map((row, i) => row.map((value, j) => value + b[i]![j]!));
}

function negative(a: Rates): number[][] {
  return a.map((row) => row.map((value) => -value));
}

/** Gauss and Jordan, with the largest pivot of each column. */
function inverse(matrix: Rates): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    const pivot = rows.reduce(
      (best, row, i) =>
        i >= column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? i : best,
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]![column]!;
    assert(head !== 0, "the matrix has no inverse");
    const scaled = rows[column]!.map((value) => value / head);
    rows[column] = scaled;
    rows.forEach((row, i) => {
      const factor = row[column]!;
      if (i !== column && factor !== 0)
        rows[i] = row.map((value, j) => value - factor * scaled[j]!);
    });
  }
  return rows.map((row) => row.slice(size));
}
