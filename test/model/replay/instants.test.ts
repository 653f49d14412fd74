import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { Clock, type TimeUnit } from "../../../src/model/replay/instants.ts";

const read = (texts: readonly string[], unit: TimeUnit = "s") => {
  const clock = new Clock(unit);
  return texts.map((text) => clock.read(text));
};

test("numbers count what they are said to count, exactly, from the second of the first", () => {
  expect(read(["1700000000.25", "1700000001.000000001"])).toEqual([0.25 * SECOND, SECOND + 1]);
  expect(read(["1700000000250", "1700000001000"], "ms")).toEqual([0.25 * SECOND, SECOND]);
  expect(read(["1700000000250000", "1700000000250001"], "us")).toEqual([250_000_000, 250_001_000]);
  expect(read(["1700000000000000007", "1700000000000000010"], "ns")).toEqual([7, 10]);
  expect(read(["5", "20"], "ms")).toEqual([5e6, 20e6]);
});

test("dates are told with or without a zone and parts of a second, over leap days and years", () => {
  const hour = 3600 * SECOND;
  expect(read(["2024-02-28 23:00:00", "2024-03-01T00:00:00Z"])).toEqual([0, 25 * hour]);
  expect(read(["2023-02-28 23:00", "2023-03-01 00:00"])).toEqual([0, hour]);
  expect(read(["2023-12-31 23:59:59.5", "2024-01-01 00:00:00.25"])).toEqual([0.5 * SECOND, 1.25 * SECOND]);
  expect(read(["2026-11-11T00:00:00+08:00", "2026-11-10T16:00:01Z"])).toEqual([0, SECOND]);
}); // prettier-ignore

test("the clock of access logs is known, with its zone", () => {
  const times = ["17/May/2015:10:05:03 +0000", "17/May/2015:12:05:04 +0200", "01/Jun/2015:10:05:03 +0000"];
  expect(read(times)).toEqual([0, SECOND, 15 * 86_400 * SECOND]);
}); // prettier-ignore

test.each(["", "noon", "-5", "1e3", "2023-02-29 00:00:00", "2023-13-01 00:00:00", "2023-01-01 25:00:00", "31/Foo/2015:10:05:03 +0000"])(
  "%s is no time",
  (text) => expect(read([text])).toEqual([NaN]),
); // prettier-ignore
