/** Money as whole millionths, so that parts add up to the total exactly. */
import { sum } from "./pooling.ts";

const MICRO = 1e6;

/** An amount in whole millionths. */
export function micros(amount: number): number {
  return Math.floor(amount * MICRO + 0.5);
}

/** Millionths as decimal text: "12.345678", without idle zeros after the cents. */
export function money(millionths: number): string {
  return (Math.floor(millionths + 0.5) / MICRO).toFixed(6).replace(/0{1,4}$/, "");
}

/** Whole millionths in proportion to weights, adding up exactly: the largest remainders are rounded up. */
export function divide(
  millionths: number,
  weights: readonly (readonly [string, number])[],
): [string, number][] {
  const total = sum(weights, ([, weight]) => weight);
  const exact = weights.map(([name, weight]) => ({ name, value: (millionths * weight) / total }));
  const whole = exact.map(({ name, value }) => ({
    name,
    value: Math.floor(value),
    rest: value % 1,
  }));
  let missing = millionths - sum(whole, ({ value }) => value);
  const order = [...whole].sort((a, b) => b.rest - a.rest);
  for (const share of order) {
    if (missing-- <= 0) break;
    share.value++;
  }
  return whole.filter(({ value }) => value > 0).map(({ name, value }) => [name, value]);
}
