/**
 * The algebra of dimensions: whether `orders/min` is a rate, and what `5 km` is instead.
 *
 * mathjs combines the units; sizes come exactly from the tables of units.ts.
 */
import { mathjs } from "./mathjs.ts";
import { BILLING_UNITS, COUNT_WORDS, CURRENCIES, DATA_UNITS, RATE_WORDS } from "./units.ts";
import { ONE, over, type Fraction } from "./decimal.ts";

/** What a unit measures, in words for a message, with a unit of ours that measures it. */
const DIMENSIONS = [
  ["a duration", "s"],
  ["a rate", "req/s"],
  ["a rate", "s^-1"],
  ["an amount of data", "b"],
  ["a bandwidth", "b/s"],
  ["a count", "req"],
  ["a length", "m"],
  ["a mass", "kg"],
  ["an area", "m^2"],
  ["a volume", "m^3"],
  ["a speed", "m/s"],
  ["an angle", "rad"],
  ["a temperature", "K"],
  ["power", "W"],
  ["energy", "J"],
  ...CURRENCIES.map((currency) => ["an amount of money", currency] as const),
  ...CURRENCIES.map((currency) => ["a price", `${currency}/s`] as const),
] as const;

export type Dimension = (typeof DIMENSIONS)[number][0];

/** A unit as users wrote it, of one word or two with a stroke between them. */
export interface CompoundUnit {
  readonly above: string;
  readonly below: string;
}

/** What the unit measures, or undefined when it is no unit at all. */
export function dimensionOf({ above, below }: CompoundUnit): Dimension | undefined {
  const top = above ? base(above) : "";
  const unit = parsed(below ? (top ? `${top}/${base(below)}` : `${base(below)}^-1`) : top);
  return unit && DIMENSIONS.find(([, sample]) => unit.equalBase(parsed(sample) as never))?.[0];
}

/** The exact size of a unit of known words in base units [ns, bits, counts, per ns]; undefined for other words. */
export function sizeOf({ above, below }: CompoundUnit): Fraction | undefined {
  const top = above ? size(above) : ONE;
  const bottom = below ? size(below) : ONE;
  return top && bottom && over(top, bottom);
}

function size(word: string): Fraction | undefined {
  if (RATE_WORDS.includes(word)) return { numerator: 1n, denominator: 1_000_000_000n };
  const whole =
    BILLING_UNITS.get(word) ??
    DATA_UNITS.get(word) ??
    (COUNT_WORDS.includes(word) || CURRENCIES.includes(word) ? 1n : undefined);
  return whole === undefined ? undefined : { numerator: whole, denominator: 1n };
}

/** The word mathjs is asked about in place of the user's. */
function base(word: string): string {
  if (BILLING_UNITS.has(word)) return "s";
  if (DATA_UNITS.has(word)) return "b";
  if (RATE_WORDS.includes(word)) return "rps";
  if (COUNT_WORDS.includes(word)) return "req";
  return word;
}

function parsed(unit: string) {
  try {
    return registry().unit(`1 ${unit}`);
  } catch {
    return undefined;
  }
}

let registered = false;

/** mathjs with our own units in its registry; each currency is a dimension of its own. */
function registry() {
  const math = mathjs();
  if (!registered) {
    math.createUnit("req");
    math.createUnit("rps", "1 req/s");
    for (const currency of CURRENCIES) math.createUnit(currency);
    registered = true;
  }
  return math;
}
