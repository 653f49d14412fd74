/** Pearson's test of whether counts come from the probabilities they should come from. */

/** True when the counts are no further from what is expected than 999 of 1000 samples would be. */
export function fits(counts: readonly number[], probabilities: readonly number[]): boolean {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const distance = counts.reduce((sum, count, kind) => {
    const expected = total * probabilities[kind]!;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return distance <= critical(counts.length - 1);
}

/** The 99.9 % point of chi-square, by Wilson and Hilferty (1931): its cube root is nearly normal. */
function critical(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}
