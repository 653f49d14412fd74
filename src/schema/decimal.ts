/**
 * Exact decimal arithmetic for what people write: "1.1 s" is 1100000000 ns, not 1100000000.0000002.
 *
 * A number stays an exact fraction of whole numbers until the last step, which rounds once.
 */

/** The exact value numerator / denominator; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** The exact value of decimal text such as "12", "0.34" or "1.5e-3"; the caller has checked its form. */
export function decimal(text: string): Fraction {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const digits = BigInt(whole + decimals);
  const shift = Number(exponent) - decimals.length;
  return shift >= 0
    ? { numerator: digits * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-shift) };
}

export function times(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

export function over(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.denominator,
    denominator: left.denominator * right.numerator,
  };
}

export function plus(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  };
}

export function isWhole(value: Fraction): boolean {
  return value.numerator % value.denominator === 0n;
}

/** The nearest whole number, halves upwards; for values that are not negative. */
export function toWhole(value: Fraction): bigint {
  return (2n * value.numerator + value.denominator) / (2n * value.denominator);
}

/** The double nearest to a value that is not negative. */
export function toNumber({ numerator, denominator }: Fraction): number {
  const shift = Math.max(0, 66 + bits(denominator) - bits(numerator));
  const scaled = numerator << BigInt(shift);
  // The last bit remembers any remainder, so that Number() cannot mistake it for a tie.
  const sticky = scaled % denominator === 0n ? 0n : 1n;
  return Number((scaled / denominator) | sticky) / 2 ** shift;
}

/** Decimal text of a finite number that is not negative, moved by `places` powers of ten, without an exponent. */
export function shifted(value: number, places: number): string {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const point = whole.length + Number(exponent) + places;
  const digits = whole + decimals;
  const left = digits
    .slice(0, Math.max(0, point))
    .padEnd(point, "0")
    .replace(/^0+(?=\d)/, "");
  const right = "0".repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point));
  const kept = right.replace(/0+$/, "");
  return (left || "0") + (kept && `.${kept}`);
}

function bits(value: bigint): number {
  return value.toString(2).length;
}
