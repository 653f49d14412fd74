/** The exact first-in-first-out cache under independent requests; random replacement hits as often. */

/**
 * Hit probability of each item: a content has a probability proportional to the product of the
 * popularities of its items. E. Gelenbe, IEEE Transactions on Computers C-22 (1973).
 */
export function fifoHitProbabilities(popularities: readonly number[], capacity: number): number[] {
  const all = productsOfSubsets(popularities, capacity)[capacity]!;
  return popularities.map((popularity, item) => {
    const others = popularities.filter((_, other) => other !== item);
    return (popularity * productsOfSubsets(others, capacity - 1)[capacity - 1]!) / all;
  });
}

/** For each size up to a largest, the sum over subsets of that size of the product of its members. */
function productsOfSubsets(factors: readonly number[], sizeMax: number): number[] {
  const sums = [1, ...Array.from({ length: sizeMax }, () => 0)];
  for (const factor of factors) {
    for (let size = sizeMax; size >= 1; size -= 1) sums[size]! += factor * sums[size - 1]!;
  }
  return sums;
}
