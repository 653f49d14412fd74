/** Small matrices, row by row: what chains with phases are computed with. */
import { assert } from "../../kernel/assert.ts";

export type Matrix = readonly (readonly number[])[];

/** The product. */
export function times(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)),
  );
}

/** The sum. */
export function plus(a: Matrix, b: Matrix): number[][] {
  return a.map((row, i) => row.map((value, j) => value + b[i]![j]!));
}

/** All signs turned. */
export function negative(a: Matrix): number[][] {
  return a.map((row) => row.map((value) => -value));
}

/** The inverse, after Gauss and Jordan, with the largest pivot of each column. */
export function inverse(matrix: Matrix): number[][] {
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
