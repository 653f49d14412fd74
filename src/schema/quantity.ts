/**
 * Quantities as users write them, `<number>[k|M|G] <unit>[/<unit>]`, and what they mean.
 *
 * Every number that could be mistaken carries its unit. Zero is zero in any unit, so it may stand
 * alone. A failure is one sentence: what was found, what was expected.
 */
import { dimensionOf, sizeOf, type CompoundUnit, type Dimension } from "./algebra.ts";
import {
  decimal,
  isWhole,
  ONE,
  over,
  plus,
  shifted,
  times,
  toNumber,
  toWhole,
  type Fraction,
} from "./decimal.ts";
import { didYouMean } from "./suggest.ts";
import {
  BILLING_UNITS,
  COUNT_WORDS,
  CURRENCIES,
  DATA_UNITS,
  MULTIPLIERS,
  RATE_WORDS,
  TIME_UNITS,
} from "./units.ts";

/** A quantity read, or why it could not be. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly suggestion?: string };

/** An amount of money, exact: decimal text and a currency code. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** What something costs while it is there: an amount for each hour. */
export interface Price {
  readonly perHour: number;
  readonly currency: string;
}

export type QuantityName =
  "duration" | "rate" | "bytes" | "share" | "count" | "factor" | "money" | "price";

/** What to expect of each quantity, as the end of a message. */
export const EXPECTED: Readonly<Record<QuantityName, string>> = {
  duration: "a duration such as 50 ms, 2 s or 1h30m",
  rate: "a rate such as 800 rps or 50/min",
  bytes: "an amount of data such as 512 MiB or 1 GB",
  share: "a share such as 80 %",
  count: "a whole number such as 12 or 200k",
  factor: "a number such as 1.5",
  money: "an amount of money such as 38 USD",
  price: "a price such as 0.34 USD/hour",
};

const NANOSECONDS_PER_SECOND: Fraction = { numerator: 1_000_000_000n, denominator: 1n };
const NANOSECONDS_PER_HOUR: Fraction = { numerator: 3_600_000_000_000n, denominator: 1n };
const BITS_PER_BYTE: Fraction = { numerator: 8n, denominator: 1n };
const PERCENT: Fraction = { numerator: 1n, denominator: 100n };

const LONGEST_TEXT = 64;
const NUMBER = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d{1,2})?`;
const QUANTITY = new RegExp(String.raw`^(${NUMBER})\s*([kMG](?=$|[\s/]))?\s*([^\d]*)$`);
const TERM = new RegExp(String.raw`(${NUMBER})\s*([a-zµμ]+)\s*`, "iy");

/** A length of time [ns], rounded to the nearest whole tick: "2 s", "1h30m". */
export function readDuration(found: string | number): Reading<number> {
  const text = tidy(found);
  if (isZero(text)) return read(0);
  if (text === "" || text.length > LONGEST_TEXT) return refuse("duration", text);
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const term = TERM.exec(text);
    const size = TIME_UNITS.get(term?.[2] ?? "");
    if (!term || !size) return refuse("duration", text);
    sum = plus(sum, times(decimal(term[1] as string), { numerator: size, denominator: 1n }));
  }
  return read(Number(toWhole(sum)));
}

/** How often something happens [1/s]: "800 rps", "24k rps", "1000/s", "3 per hour". */
export function readRate(found: string | number): Reading<number> {
  const text = tidy(found).replace(/ per /g, "/");
  if (isZero(text)) return read(0);
  const parts = split(text);
  if (!parts || !measures(parts.unit, "a rate")) return refuse("rate", text);
  return scaled(parts, over(ONE, NANOSECONDS_PER_SECOND)) ?? refuse("rate", text);
}

/** An amount of data [bytes], rounded to a whole one: "512 MiB", "1 GB", "10 Gb" (bits). */
export function readBytes(found: string | number): Reading<number> {
  const text = tidy(found);
  if (isZero(text)) return read(0);
  const parts = split(text);
  const size = parts && !parts.unit.below ? DATA_UNITS.get(parts.unit.above) : undefined;
  if (!parts || !size) return refuse("bytes", text);
  const bits = times(parts.number, { numerator: size, denominator: 1n });
  return read(Number(toWhole(over(bits, BITS_PER_BYTE))));
}

/** A share of a whole [0 to 1]: "80 %", "99.95 %". */
export function readShare(found: string | number): Reading<number> {
  const text = tidy(found);
  if (isZero(text)) return read(0);
  const parts = split(text);
  if (!parts || parts.unit.above !== "%" || parts.unit.below) return refuse("share", text);
  return read(toNumber(times(parts.number, PERCENT)));
}

/** A whole number of things: 200000, "200k", "60k items". */
export function readCount(found: string | number): Reading<number> {
  const text = tidy(found);
  const parts = split(text);
  if (!parts || parts.unit.below || !isWhole(parts.number)) return refuse("count", text);
  if (parts.unit.above && !COUNT_WORDS.includes(parts.unit.above)) return refuse("count", text);
  const value = Number(toWhole(parts.number));
  return Number.isSafeInteger(value) ? read(value) : refuse("count", text);
}

/** An amount of money, kept in decimal: "38 USD". */
export function readMoney(found: string | number): Reading<Money> {
  const text = tidy(found);
  const parts = split(text);
  if (!parts || parts.unit.below || !CURRENCIES.includes(parts.unit.above)) {
    return refuse("money", text);
  }
  return read({ amount: exactText(parts.number), currency: parts.unit.above });
}

/** A price by time, brought to an hour: "0.34 USD/hour", "250 USD/month" (a month is 730 h). */
export function readPrice(found: string | number): Reading<Price> {
  const text = tidy(found).replace(/ per /g, "/");
  const parts = split(text);
  if (!parts || !measures(parts.unit, "a price") || !BILLING_UNITS.has(parts.unit.below)) {
    return refuse("price", text);
  }
  const perHour = scaled(parts, over(ONE, NANOSECONDS_PER_HOUR));
  return perHour?.ok
    ? read({ perHour: perHour.value, currency: parts.unit.above })
    : refuse("price", text);
}

interface Parts {
  readonly number: Fraction;
  readonly unit: CompoundUnit;
}

function split(text: string): Parts | undefined {
  const match = text.length <= LONGEST_TEXT ? QUANTITY.exec(text) : null;
  if (!match) return undefined;
  const [, number = "", multiplier = "", unit = ""] = match;
  const [above = "", below = "", ...more] = unit.split("/").map((word) => word.trim());
  if (more.length > 0 || (unit.includes("/") && !below)) return undefined;
  const size: Fraction = { numerator: MULTIPLIERS.get(multiplier) ?? 1n, denominator: 1n };
  return { number: times(decimal(number), size), unit: { above, below } };
}

/** Whether the unit measures what is wanted; single known words need no algebra. */
function measures(unit: CompoundUnit, wanted: Dimension): boolean {
  if (!unit.above && !unit.below) return false;
  if (!unit.below && RATE_WORDS.includes(unit.above)) return wanted === "a rate";
  return dimensionOf(unit) === wanted;
}

/** The number in base units, divided by `base`; undefined when the unit's words are not ours. */
function scaled({ number, unit }: Parts, base: Fraction): Reading<number> | undefined {
  const size = sizeOf(unit);
  return size && read(toNumber(over(times(number, size), base)));
}

function read<Value>(value: Value): Reading<Value> {
  return { ok: true, value };
}

function tidy(found: string | number): string {
  return String(found).trim().replace(/\s+/g, " ");
}

function isZero(text: string): boolean {
  return /^0+(\.0+)?$/.test(text);
}

/** Decimal text of a decimal fraction: its denominator is a power of ten. */
function exactText({ numerator, denominator }: Fraction): string {
  const places = denominator.toString().length - 1;
  const digits = numerator.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "");
  return whole + (decimals && `.${decimals}`);
}

/** Says what is wrong with the text, and what was meant if that can be guessed. */
function refuse(quantity: QuantityName, text: string): Reading<never> {
  const expected = EXPECTED[quantity];
  const suggestion = guess(quantity, text);
  const message = `${complaint(quantity, text)}; expected ${expected}`;
  return suggestion ? { ok: false, message, suggestion } : { ok: false, message };
}

function complaint(quantity: QuantityName, text: string): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, 40)}…` : text;
  if (text.length > LONGEST_TEXT) return `"${shown}" is longer than any quantity`;
  if (/\d,\d/.test(text))
    return `"${shown}" holds a comma; a decimal point is a dot, and digits are not grouped`;
  if (/^-/.test(text)) return `"${shown}" is negative`;
  if (quantity !== "duration" && /^\d+(\.\d+)?m$/.test(text)) {
    const digits = text.slice(0, -1);
    return `"${shown}" could be ${digits} M or ${digits} min`;
  }
  const parts = split(text);
  if (!parts) return `"${shown}" is not understood`;
  const { above, below } = parts.unit;
  if (!above && !below) {
    return quantity === "count" ? `${shown} is not whole` : `${shown} has no unit`;
  }
  if (above === "%" && !below) return `"${shown}" is a share`;
  const dimension = dimensionOf(parts.unit);
  return dimension ? `"${shown}" is ${dimension}` : `"${shown}" has an unknown unit`;
}

const WORDS: Readonly<Partial<Record<QuantityName, readonly string[]>>> = {
  duration: [...TIME_UNITS.keys()],
  rate: RATE_WORDS,
  bytes: [...DATA_UNITS.keys()],
  money: CURRENCIES,
};

function guess(quantity: QuantityName, text: string): string | undefined {
  const parts = split(text);
  if (!parts) return undefined;
  const { above, below } = parts.unit;
  const number = /^[\d.]+/.exec(text)?.[0] ?? "";
  if (quantity === "share" && !above && !below) {
    const value = Number(number);
    return `${value <= 1 ? shifted(value, 2) : number} %`;
  }
  const word = below || !above ? undefined : guessWord(above, WORDS[quantity] ?? []);
  return word && `${number} ${word}`;
}

/** Words of one or two letters are all near each other, so only their case is forgiven. */
function guessWord(word: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((one) => one.toLowerCase() === word.toLowerCase());
  return sameLetters ?? (word.length > 2 ? didYouMean(word, known) : undefined);
}
