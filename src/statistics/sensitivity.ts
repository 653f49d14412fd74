/** Which input moves an output most. */
import { assert } from "../kernel/assert.ts";
import { meanOf, varianceOf } from "./moments.ts";

/** Shares of the output's variance. What they leave is interaction, and luck. */
export interface Shares {
  /** By input, in their order. */
  readonly shares: readonly number[];
  readonly rest: number;
}

/**
 * For a full grid: the variance of an output's means over the levels of each input, as a share of
 * its whole variance (first-order Sobol indices of the grid; analysis of variance without repeats).
 *
 * @param levels by cell, one level for each input
 */
export function mainEffects(
  levels: readonly (readonly number[])[],
  outputs: readonly number[],
): Shares {
  assert(
    levels.length === outputs.length && outputs.length > 0,
    "every cell has levels and an output",
  );
  const mean = meanOf(outputs);
  const total = squaresAround(outputs, mean);
  const shares = levels[0]!.map((_, input) => {
    const groups = new Map<number, number[]>();
    levels.forEach((cell, at) => {
      const group = groups.get(cell[input]!) ?? [];
      group.push(outputs[at]!);
      groups.set(cell[input]!, group);
    });
    const between = [...groups.values()].reduce((sum, group) => {
      const gap = meanOf(group) - mean;
      return sum + group.length * gap * gap;
    }, 0);
    return total === 0 ? 0 : between / total;
  });
  return { shares, rest: restOf(shares, total) };
}

/**
 * For cells that chance has spread: squared standardised coefficients of a linear regression of
 * ranks on ranks, which needs no straight lines, only that more of an input keeps moving the output
 * the same way. Saltelli et al., Sensitivity Analysis in Practice (2004).
 */
export function rankRegression(
  inputs: readonly (readonly number[])[],
  outputs: readonly number[],
): Shares {
  const columns = inputs[0]!.map((_, input) =>
    standardised(ranks(inputs.map((cell) => cell[input]!))),
  );
  const y = standardised(ranks(outputs));
  const moving = columns.filter((column) => column.some((value) => value !== 0));
  const matrix = moving.map((a) => [...moving.map((b) => product(a, b)), product(a, y)]);
  const solved = solve(matrix);
  let next = 0;
  const shares = columns.map((column) => {
    if (!moving.includes(column)) return 0;
    const coefficient = solved[next++]!;
    return coefficient * coefficient;
  });
  return { shares, rest: restOf(shares, squaresAround(outputs, meanOf(outputs))) };
}

function restOf(shares: readonly number[], total: number): number {
  return total === 0 ? 0 : Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
}

function squaresAround(values: readonly number[], middle: number): number {
  return values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
}

/** Places in order, from 1; equal values share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/** Mean 0 and variance 1; all zeros when nothing varies. */
function standardised(values: readonly number[]): number[] {
  const spread = values.length > 1 ? Math.sqrt(varianceOf(values)) : 0;
  const mean = meanOf(values);
  return values.map((value) => (spread === 0 ? 0 : (value - mean) / spread));
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}

/** Gaussian elimination with the largest pivot; inputs that repeat others get 0. */
function solve(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    if (Math.abs(matrix[column]![column]!) < 1e-9) continue;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let at = column; at <= size; at++) matrix[row]![at]! -= factor * matrix[column]![at]!;
    }
  }
  return matrix.map((row, at) => (Math.abs(row[at]!) < 1e-9 ? 0 : row[size]! / row[at]!));
}
