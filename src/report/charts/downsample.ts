/**
 * Which windows a line needs when there are more of them than columns of pixels.
 *
 * Each column keeps the lowest and the highest window of every series, so that a spike of one
 * window survives however long the run is. The CSV keeps them all.
 */

/** Positions to draw, in order; all of them while there are no more windows than `columns`. */
export function windowsToDraw(
  series: readonly (readonly (number | null)[])[],
  columns: number,
): number[] {
  const length = series[0]?.length ?? 0;
  if (length <= columns) return Array.from({ length }, (_, position) => position);
  const kept = new Set<number>([0, length - 1]);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * length) / columns);
    const to = Math.floor(((column + 1) * length) / columns);
    for (const values of series) keepExtremes(values, from, to, kept);
  }
  return [...kept].sort((left, right) => left - right);
}

/** About `rows` positions spread evenly, for tables. */
export function evenly(length: number, rows: number): number[] {
  const step = Math.max(1, Math.ceil(length / rows));
  return Array.from({ length: Math.ceil(length / step) }, (_, row) => row * step);
}

function keepExtremes(
  values: readonly (number | null)[],
  from: number,
  to: number,
  kept: Set<number>,
): void {
  let lowest = -1;
  let highest = -1;
  for (let position = from; position < to; position++) {
    const value = values[position] ?? null;
    if (value === null) continue;
    if (lowest < 0 || value < values[lowest]!) lowest = position;
    if (highest < 0 || value > values[highest]!) highest = position;
  }
  if (lowest >= 0) kept.add(lowest).add(highest);
}
