/**
 * Numbers as people read them, each with its unit. The only place that rounds for the eye.
 *
 * Nothing here asks the machine for a language: the same number gives the same text everywhere.
 */

/** What stands where a number does not exist. */
export const NOTHING = "–";

const thousands = [
  { from: 1e9, unit: "G" },
  { from: 1e6, unit: "M" },
  { from: 1e3, unit: "k" },
];

/** Three significant digits without an exponent: "0.0123", "1.24", "83.0". */
export function digits(value: number, significant = 3): string {
  if (value === 0) return "0";
  // Rounded first, as 0.9996 has the size of 1.00.
  const size = Math.abs(Number(value.toPrecision(significant)));
  let decimals = significant - 1;
  for (let power = 10; power <= size && decimals > 0; power *= 10) decimals--;
  for (let power = 1; power > size && decimals < 9; power /= 10) decimals++;
  return value.toFixed(decimals);
}

/** What is longer, and whole days, is told in days [s]. */
const THREE_DAYS = 3 * 86_400;

/** A time in seconds as "850 ns", "83.0 ms", "1.24 s", "40 min", "1 h 30 min", "30 d". */
export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  if (seconds === 0) return "0 s";
  if (seconds < 0.9995e-6) return `${digits(seconds * 1e9)} ns`;
  if (seconds < 0.9995e-3) return `${digits(seconds * 1e6)} µs`;
  if (seconds < 0.9995) return `${digits(seconds * 1e3)} ms`;
  if (seconds < 120 && seconds % 60 !== 0) return `${trimmed(digits(seconds))} s`;
  const whole = Math.round(seconds);
  if (whole > THREE_DAYS && whole % 86_400 === 0) return `${whole / 86_400} d`;
  const pieces = [
    [Math.floor(whole / 3600), "h"],
    [Math.floor((whole % 3600) / 60), "min"],
    [whole % 60, "s"],
  ] as const;
  return pieces
    .filter(([size]) => size > 0)
    .map(([size, unit]) => `${size} ${unit}`)
    .join(" ");
}

/** How often something happens, per second: "24.0k/s", "812/s", "0.250/s". */
export function rate(perSecond: number | null): string {
  return perSecond === null ? NOTHING : `${compact(perSecond)}/s`;
}

/** A large number in three digits: "45.2M", "24.0k", "812". */
export function compact(value: number | null): string {
  if (value === null) return NOTHING;
  const scale = thousands.find(({ from }) => Math.abs(value) >= from * 0.9995);
  if (scale) return `${digits(value / scale.from)}${scale.unit}`;
  return Number.isInteger(value) ? String(value) : digits(value);
}

/** A whole number with its thousands apart: "45,210,332". */
export function count(value: number | null): string {
  if (value === null) return NOTHING;
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A share as per cent, with as many nines as tell it from perfection: "99.953 %", "63.2 %".
 * "100 %" and "0 %" are said of nothing less (or more) than that.
 */
export function percent(share: number | null): string {
  if (share === null) return NOTHING;
  if (share === 1 || share === 0) return `${share * 100} %`;
  const missing = (1 - share) * 100;
  let decimals = 1;
  for (let step = 1; step > missing && decimals < 7; step /= 10) decimals++;
  if (share < 0.001) return `${digits(share * 100, 2)} %`;
  const shown = (share * 100).toFixed(decimals);
  return `${shown.startsWith("100") ? "99." + "9".repeat(decimals) : shown} %`;
}

/** A share as it was promised: "99.95 %", no digit that was not written. */
export function promised(share: number): string {
  return `${trimmed((share * 100).toFixed(9))} %`;
}

/** Decimal text with a currency: "12.34 USD"; below one, two digits that mean something. */
export function money(amount: string | null, currency: string): string {
  return amount === null ? NOTHING : `${amountOf(amount)} ${currency}`;
}

/** The number alone, for columns whose heading names the currency. */
export function amountOf(amount: string): string {
  const value = Number(amount);
  return value === 0 || Math.abs(value) >= 0.1 ? fixed(amount, 2) : digits(value, 2);
}

/** So many decimals, thousands apart: amounts under each other line up. */
export function fixed(amount: string | number, decimals: number): string {
  const [whole = "", rest] = Number(amount).toFixed(decimals).split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? apart : `${apart}.${rest}`;
}

/** A price as the catalogue writes it: "0.145", "1.04", never rounded. */
export function price(amount: string): string {
  return amount.replace(/(\.\d\d\d*?)0+$/, "$1");
}

/** A number with the half-width of its interval, in the same words: "1.24 s ± 30.0 ms". */
export function withInterval(
  estimate: { readonly mean: number | null; readonly halfWidth: number | null },
  words: (value: number) => string,
): string {
  if (estimate.mean === null) return NOTHING;
  if (estimate.halfWidth === null) return words(estimate.mean);
  return `${words(estimate.mean)} ± ${words(estimate.halfWidth)}`;
}

/** "1 window", "2 windows". */
export function plural(size: number, word: string): string {
  return `${count(size)} ${word}${size === 1 ? "" : "s"}`;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
