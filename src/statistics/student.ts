/** Quantiles of the laws that intervals are built from: Student's t, beta, standard normal. */
import { assert } from "../kernel/assert.ts";
import { betaProbability, normalProbability, solveRising } from "./specialFunctions.ts";

/** A report asks thousands of times for the same few quantiles, and each costs a bisection. */
const known = new Map<string, number>();

/** The value a Student t variate stays below with probability p, for at least 1 degree of freedom. */
export function studentQuantile(p: number, freedom: number): number {
  assert(p > 0 && p < 1, "a quantile needs a probability between 0 and 1");
  assert(freedom >= 1, "Student's law needs at least one degree of freedom");
  if (p < 0.5) return -studentQuantile(1 - p, freedom);
  const key = `${p}/${freedom}`;
  const value = known.get(key) ?? upperStudentQuantile(p, freedom);
  known.set(key, value);
  return value;
}

/** The probability that a Student t variate is at most t. */
export function studentProbability(t: number, freedom: number): number {
  const upper = betaProbability(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t < 0 ? upper : 1 - upper;
}

/** P(T > t) is half the probability that a beta(ν/2, 1/2) variate is at most ν / (ν + t²). */
function upperStudentQuantile(p: number, freedom: number): number {
  const share = betaQuantile(2 * (1 - p), freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - share)) / share);
}

/** The value a beta variate stays below with probability p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return solveRising((x) => betaProbability(x, a, b), p, 0, 1);
}

/** The value a standard normal stays below with probability p. */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, "a quantile needs a probability between 0 and 1");
  return solveRising(normalProbability, p, -40, 40);
}
