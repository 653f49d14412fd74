/**
 * Quantities in the users' words again: the largest unit that says the value exactly.
 *
 * Reading what is written here gives the same value back.
 */
import type { Money, Price } from "./quantity.ts";
import { shifted } from "./decimal.ts";

const TIME_STEPS = [
  ["d", 86_400_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["min", 60_000_000_000n],
  ["s", 1_000_000_000n],
  ["ms", 1_000_000n],
  ["us", 1_000n],
] as const;

const DATA_STEPS = [
  ["TiB", 1n << 40n],
  ["GiB", 1n << 30n],
  ["MiB", 1n << 20n],
  ["KiB", 1n << 10n],
  ["TB", 1_000_000_000_000n],
  ["GB", 1_000_000_000n],
  ["MB", 1_000_000n],
  ["kB", 1_000n],
] as const;

/** "5 min" for 300000000000; nanoseconds in. */
export function formatDuration(nanoseconds: number): string {
  return inSteps(nanoseconds, TIME_STEPS, "ns");
}

/** "512 MiB" for 536870912; bytes in. */
export function formatBytes(bytes: number): string {
  return inSteps(bytes, DATA_STEPS, "B");
}

/** "24k rps" for 24000; a rate per second in. */
export function formatRate(perSecond: number): string {
  for (const [multiplier, places] of [
    ["M", 6],
    ["k", 3],
  ] as const) {
    const text = shifted(perSecond, -places);
    if (perSecond >= 10 ** (places + 1) && !text.includes(".")) return `${text}${multiplier} rps`;
  }
  return `${shifted(perSecond, 0)} rps`;
}

/** "80 %" for 0.8. */
export function formatShare(share: number): string {
  return `${shifted(share, 2)} %`;
}

/** "38 USD". */
export function formatMoney({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}

/** "0.34 USD/hour". */
export function formatPrice({ perHour, currency }: Price): string {
  return `${shifted(perHour, 0)} ${currency}/hour`;
}

function inSteps(value: number, steps: readonly (readonly [string, bigint])[], least: string) {
  const whole = BigInt(value);
  const [unit, size] = steps.find(([, step]) => whole !== 0n && whole % step === 0n) ?? [least, 1n];
  return `${whole / size} ${unit}`;
}
