/**
 * The words for units that users may write, each with its exact size.
 *
 * mathjs knows how units combine, but loads slowly and converts through binary fractions; so a
 * single known unit is answered from these tables, and only the algebra of compound ones is asked
 * of mathjs (algebra.ts).
 */

function words(table: Record<string, bigint>): ReadonlyMap<string, bigint> {
  return new Map(
    Object.entries(table).flatMap(([names, size]) =>
      names.split(" ").map((name): [string, bigint] => [name, size]),
    ),
  );
}

/** Units of time [ns]. `m` is a minute, as in Go and Prometheus; both micro signs are known. */
export const TIME_UNITS = words({
  "ns nanosecond nanoseconds": 1n,
  "us µs μs microsecond microseconds": 1_000n,
  "ms msec millisecond milliseconds": 1_000_000n,
  "s sec secs second seconds": 1_000_000_000n,
  "m min mins minute minutes": 60_000_000_000n,
  "h hr hrs hour hours": 3_600_000_000_000n,
  "d day days": 86_400_000_000_000n,
  "w week weeks": 604_800_000_000_000n,
});

/** A billing month [h]: what cloud price lists divide a monthly price by. */
export const HOURS_PER_MONTH = 730n;

/** Units a price may be per [ns]; a month is 730 h and a year twelve of those. */
export const BILLING_UNITS: ReadonlyMap<string, bigint> = new Map([
  ...TIME_UNITS,
  ...words({
    "month months mo": HOURS_PER_MONTH * 3_600_000_000_000n,
    "year years yr": 12n * HOURS_PER_MONTH * 3_600_000_000_000n,
  }),
]);

/** Units of data [bits]: decimal (kB, KB, MB), binary (KiB, or Kubernetes' Ki), and bits (kb, Mb). */
export const DATA_UNITS = words({
  "B byte bytes": 8n,
  "kB KB": 8_000n,
  MB: 8_000_000n,
  GB: 8_000_000_000n,
  TB: 8_000_000_000_000n,
  PB: 8_000_000_000_000_000n,
  "KiB Ki": 8n << 10n,
  "MiB Mi": 8n << 20n,
  "GiB Gi": 8n << 30n,
  "TiB Ti": 8n << 40n,
  "PiB Pi": 8n << 50n,
  "b bit bits": 1n,
  "kb Kb": 1_000n,
  Mb: 1_000_000n,
  Gb: 1_000_000_000n,
  Tb: 1_000_000_000_000n,
});

/** Words for things that are counted; they may follow a count and stand above a rate's stroke. */
export const COUNT_WORDS: readonly string[] = [
  "req reqs request requests call calls query queries transaction transactions event events",
  "message messages item items key keys order orders user users shopper shoppers session sessions",
  "instance instances connection connections slot slots core cores",
].flatMap((line) => line.split(" "));

/** Single words for so many a second. */
export const RATE_WORDS: readonly string[] = ["rps", "qps", "tps"];

/** Currencies by their ISO 4217 code. */
export const CURRENCIES: readonly string[] = [
  "USD EUR CNY JPY GBP INR BRL CAD AUD CHF SEK NOK DKK PLN CZK HUF RON TRY ILS ZAR",
  "KRW TWD HKD SGD MYR THB IDR PHP VND PKR BDT AED SAR EGP NGN KES MXN ARS CLP COP PEN NZD UAH KZT",
].flatMap((line) => line.split(" "));

/** Multipliers that may follow a number. */
export const MULTIPLIERS: ReadonlyMap<string, bigint> = new Map([
  ["k", 1_000n],
  ["M", 1_000_000n],
  ["G", 1_000_000_000n],
]);
