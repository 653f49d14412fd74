import { expect, test } from "vitest";
import {
  readBytes,
  readCount,
  readDuration,
  readMoney,
  readPrice,
  readRate,
  readShare,
  type Reading,
} from "../../src/schema/quantity.ts";

type Read = (found: string | number) => Reading<unknown>;

function value(read: Read, found: string | number): unknown {
  const reading = read(found);
  return reading.ok ? reading.value : reading.message;
}

function refusal(read: Read, found: string | number): string {
  const reading = read(found);
  if (reading.ok) return `was read as ${String(reading.value)}`;
  return reading.message + (reading.suggestion ? `; did you mean "${reading.suggestion}"?` : "");
}

test.each([
  ["5m", 300e9],
  ["1h30m", 5400e9],
  ["1 h 30 min", 5400e9],
  ["90s", 90e9],
  ["5 min", 300e9],
  ["50 µs", 50e3],
  ["50 μs", 50e3],
  ["50us", 50e3],
  ["1.5 h", 5400e9],
  ["2 days", 172800e9],
  ["1e3 ms", 1e9],
  ["250 ns", 250],
  ["0 s", 0],
  [0, 0],
  ["0", 0],
])("the duration %s is %d ns", (text, nanoseconds) => {
  expect(value(readDuration, text)).toBe(nanoseconds);
});

test("decimal durations are exact where binary fractions are not", () => {
  expect(1.1 * 3600e9).not.toBe(3960e9);
  expect(value(readDuration, "1.1 h")).toBe(3960e9);
  expect(value(readDuration, "0.57 s")).toBe(570e6);
  expect(value(readDuration, "4.35 us")).toBe(4350);
});

test("a fraction of a tick is rounded to the nearest one, halves upwards", () => {
  expect(value(readDuration, "1.4 ns")).toBe(1);
  expect(value(readDuration, "1.5 ns")).toBe(2);
});

test.each([
  ["800 rps", 800],
  ["2k rps", 2000],
  ["24k rps", 24000],
  ["1.5M rps", 1.5e6],
  ["1000/s", 1000],
  ["1000 / s", 1000],
  ["120/min", 2],
  ["50/min", 50 / 60],
  ["3 per hour", 3 / 3600],
  ["10 req/s", 10],
  ["6k orders/min", 100],
  ["7 qps", 7],
  [0, 0],
])("the rate %s is %d per second", (text, perSecond) => {
  expect(value(readRate, text)).toBe(perSecond);
});

test.each([
  ["512 MiB", 536870912],
  ["512Mi", 536870912],
  ["1 GB", 1e9],
  ["10 Gb", 1.25e9],
  ["64 KB", 64000],
  ["1.5 KiB", 1536],
  [0, 0],
])("%s are %d bytes", (text, bytes) => {
  expect(value(readBytes, text)).toBe(bytes);
});

test.each([
  ["80 %", 0.8],
  ["80%", 0.8],
  ["99.95 %", 0.9995],
  ["0.07 %", 0.0007],
  ["250 %", 2.5],
])("%s is exactly %d", (text, share) => {
  expect(value(readShare, text)).toBe(share);
});

test.each([
  [200000, 200000],
  ["200k", 200000],
  ["60k items", 60000],
  ["1.5M", 1500000],
  ["12 instances", 12],
])("the count %s is %d", (text, count) => {
  expect(value(readCount, text)).toBe(count);
});

test.each([
  ["38 USD", { amount: "38", currency: "USD" }],
  ["38.50 EUR", { amount: "38.5", currency: "EUR" }],
  ["0.1 CNY", { amount: "0.1", currency: "CNY" }],
  ["1.2M USD", { amount: "1200000", currency: "USD" }],
])("the money %s stays decimal", (text, money) => {
  expect(value(readMoney, text)).toEqual(money);
});

test.each([
  ["0.34 USD/hour", 0.34],
  ["0.34 USD/h", 0.34],
  ["2.4 USD per day", 0.1],
  ["73 USD/month", 0.1],
  ["876 USD/year", 0.1],
])("the price %s is %d an hour, a month having 730 hours", (text, perHour) => {
  expect(value(readPrice, text)).toEqual({ perHour, currency: "USD" });
});

test.each([
  [readDuration, 5, "5 has no unit; expected a duration such as 50 ms, 2 s or 1h30m"],
  [readDuration, "5 GB", '"5 GB" is an amount of data; expected a duration'],
  [readDuration, "5 km", '"5 km" is a length; expected a duration'],
  [readDuration, "5 rps", '"5 rps" is a rate; expected a duration'],
  [readDuration, "5 M", "5 M has no unit"],
  [readDuration, "5 secondes", 'did you mean "5 seconds"?'],
  [readDuration, "-5 s", '"-5 s" is negative'],
  [readDuration, "1,5 s", "holds a comma"],
  [readDuration, "soon", '"soon" is not understood'],
  [readDuration, "", '"" is not understood'],
  [readDuration, "1h30", '"1h30" is not understood'],
  [readDuration, "9".repeat(10000) + " s", "is longer than any quantity"],
  [readDuration, "constructor", "is not understood"],
  [readDuration, "5 constructor", "has an unknown unit"],
  [readDuration, "5 __proto__", "has an unknown unit"],
  [readRate, "5m", '"5m" could be 5 M or 5 min; expected a rate'],
  [readRate, 800, "800 has no unit; expected a rate such as 800 rps or 50/min"],
  [readRate, "5 USD/hour", '"5 USD/hour" is a price; expected a rate'],
  [readRate, "5 GB/s", '"5 GB/s" is a bandwidth; expected a rate'],
  [readRate, "5 s", '"5 s" is a duration; expected a rate'],
  [readRate, "5 rpps", 'did you mean "5 rps"?'],
  [readRate, "5 req/s/s", "is not understood"],
  [readCount, "5m", '"5m" could be 5 M or 5 min; expected a whole number'],
  [readCount, 1.5, "1.5 is not whole"],
  [readCount, "1e300", "is not understood"],
  [readCount, "5 ms", '"5 ms" is a duration; expected a whole number'],
  [readBytes, 512, "512 has no unit; expected an amount of data such as 512 MiB or 1 GB"],
  [readBytes, "5 mb", 'did you mean "5 MB"?'],
  [readShare, 0.6, 'did you mean "60 %"?'],
  [readShare, 60, 'did you mean "60 %"?'],
  [readShare, "60 ms", '"60 ms" is a duration; expected a share'],
  [readMoney, 38, "38 has no unit; expected an amount of money such as 38 USD"],
  [readMoney, "$38", '"$38" is not understood; expected an amount of money such as 38 USD'],
  [readMoney, "38 usd", 'did you mean "38 USD"?'],
  [readPrice, "1 USD", '"1 USD" is an amount of money; expected a price such as 0.34 USD/hour'],
  [readPrice, "5/hour", '"5/hour" is a rate; expected a price'],
])("%o refuses %s, saying: %s", (read, text, words) => {
  expect(refusal(read, text)).toContain(words);
});
