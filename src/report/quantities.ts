/** Numbers by their unit: what a comparison, a sweep or a search tells of a quantity. */
import type { Quantity } from "../experiment/result.ts";
import { digits, duration, money, NOTHING, percent } from "./units.ts";

type Value = number | null;

/** "230 ms", "99.95 %", "12.34 USD". */
export function inUnit(unit: string, value: Value): string {
  if (unit === "s") return duration(value);
  if (unit === "share") return percent(value);
  return money(value === null ? null : String(value), unit);
}

/** A difference with its sign: "+30.0 ms", "−0.12 points", "+1.20 USD". */
export function signed(unit: string, value: Value): string {
  if (value === null) return NOTHING;
  const sign = value === 0 ? "±" : value > 0 ? "+" : "−";
  return `${sign}${size(unit, Math.abs(value))}`;
}

/** A difference with the half-width of its interval: "+30.0 ms ± 2.10 ms". */
export function signedInterval(
  unit: string,
  { mean, halfWidth }: { readonly mean: Value; readonly halfWidth: Value },
): string {
  if (halfWidth === null || (mean === 0 && halfWidth === 0)) return signed(unit, mean);
  return `${signed(unit, mean)} ± ${size(unit, halfWidth)}`;
}

/** An interval around a mean: "230 ms ± 2.22 ms". */
export function around(
  unit: string,
  { mean, halfWidth }: { readonly mean: Value; readonly halfWidth: Value },
): string {
  if (mean === null || halfWidth === null || halfWidth === 0) return inUnit(unit, mean);
  return `${inUnit(unit, mean)} ± ${size(unit, halfWidth)}`;
}

/** Differences of shares are points, as "1 % more" could mean two things. */
function size(unit: string, value: number): string {
  return unit === "share" ? `${digits(value * 100)} points` : inUnit(unit, value);
}

/** Whether more of it is better. */
export function isGood({ metric }: Pick<Quantity, "metric">): boolean {
  return metric === "availability" || metric.startsWith("slices ");
}
