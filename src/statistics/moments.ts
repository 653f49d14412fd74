/** Mean and variance of a few values. */

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The unbiased estimate of the variance, for at least two values; exactly 0 when all are equal. */
export function varianceOf(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = meanOf(values);
  return (
    values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1)
  );
}
