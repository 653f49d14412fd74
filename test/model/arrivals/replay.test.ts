import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { arrivalsSchema, arrivalProcesses } from "../../../src/model/arrivals/index.ts";
import type { Bytes } from "../../../src/model/replay/bytes.ts";
import { CHUNK } from "../../../src/model/replay/lines.ts";
import { make } from "../../../src/schema/definition.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { arrivalsContext } from "../../support/arrivals.ts";

const classes = ["browse", "checkout"];

function open(bytes: Bytes, options: object, seed = "replay") {
  const spec = arrivalsSchema.parse({ kind: "replay", file: "requests", ...options });
  return make(arrivalProcesses, spec, { ...arrivalsContext(seed), classes, open: () => bytes });
}

/** Each request as "time class key", a number for none being -1. */
function replayed(rows: readonly string[], options: object = {}, seed?: string): string[] {
  const whole = Buffer.from(rows.join("\n"));
  const read: Bytes["read"] = (into, at) => whole.copy(into, 0, at, at + into.length);
  const arrivals = open({ read }, options, seed);
  const found: string[] = [];
  for (let now = arrivals.next(0); now < Infinity; now = arrivals.next(now))
    found.push(`${now / SECOND} ${arrivals.told!.requestClass} ${arrivals.told!.key}`);
  return found;
}

const columns = { time: "at", class: "kind", key: "item" };
const table = ["at,item,kind", "100.5,7,browse", "101,3,checkout", "101,,", "104.25,9,browse"];

test("a table is replayed row by row, each with its class and item where it tells them", () => {
  expect(replayed(table, { columns })).toEqual(["0 0 7", "0.5 1 3", "0.5 -1 -1", "3.75 0 9"]);
  const time = { columns: { time: "at" } };
  expect(replayed(table, time)).toEqual(["0 -1 -1", "0.5 -1 -1", "0.5 -1 -1", "3.75 -1 -1"]);
});

test("it can begin later and go faster", () => {
  const half = { columns, from: "500 ms", speed: 2 };
  expect(replayed(table, half)).toEqual(["0 1 3", "0 -1 -1", "1.625 0 9"]);
});

test("twice the volume is every row twice", () => {
  const twice = replayed(table.slice(0, 3), { columns, volume: 2 });
  expect(twice).toEqual(["0 0 7", "0 0 7", "0.5 1 3", "0.5 1 3"]);
});

test("volumes between whole numbers are right on average, and each row decides by itself", () => {
  const rows = ["at", ...Array.from({ length: 1000 }, (_, row) => String(row))];
  for (const volume of [0.3, 2.5]) {
    const runs = Array.from({ length: 50 }, (_, run) => {
      return replayed(rows, { columns: { time: "at" }, volume }, `volume/${run}`).length;
    });
    expect(contains(studentInterval(runs, 0.999), 1000 * volume)).toBe(true);
    // The variance of 1000 tosses of a coin that shows the fraction.
    const part = volume % 1;
    const squares = runs.map((count) => (count - 1000 * volume) ** 2);
    expect(contains(studentInterval(squares, 0.999), 1000 * part * (1 - part))).toBe(true);
  }
});

test("rows that are a little late are put in order", () => {
  const late = ["at,item", "10,1", "12,2", "11,3", "12,4", "10.5,5", "15,6"];
  const sorted = replayed(late, { columns: { time: "at", key: "item" }, "sort-within": "2 s" });
  expect(sorted).toEqual(["0 -1 1", "0.5 -1 5", "1 -1 3", "2 -1 2", "2 -1 4", "5 -1 6"]);
});

test("gaps can be cut to the longest that is believed", () => {
  const night = ["at,item", "0,1", "1,2", "3601,3", "3602,4"];
  const cut = { columns: { time: "at", key: "item" }, "longest-gap": "10 s", gaps: "cut" };
  expect(replayed(night, cut)).toEqual(["0 -1 1", "1 -1 2", "11 -1 3", "12 -1 4"]);
});

const log = (time: string, path: string) =>
  `192.0.2.1 - - [17/May/2015:10:05:${time} +0000] "GET ${path} HTTP/1.1" 200 512 "-" "a [browser]"`;

test("a log tells classes by the longest beginning of a path, and the same path is the same item", () => {
  const rows = [log("03", "/"), log("03", "/pay/1?x=2"), log("05", "/pay/1"), log("06", "/img")];
  const paths = { browse: ["/"], checkout: ["/pay"] };
  const found = replayed(rows, { format: "access-log", spread: "0 s", paths, items: 1000 });
  const [home, pay, again, image] = found.map((row) => row.split(" "));
  expect([home, pay, again, image].map((row) => row![0])).toEqual(["0", "0", "2", "3"]);
  expect([home, pay, again, image].map((row) => row![1])).toEqual(["0", "1", "1", "0"]);
  expect(pay![2]).toBe(again![2]);
  expect(new Set([home, pay, image].map((row) => row![2])).size).toBe(3);
});

test("the whole seconds of a log are spread over the second, in order", () => {
  const rows = Array.from({ length: 2000 }, (_, row) => log(row < 1000 ? "03" : "04", "/"));
  const times = replayed(rows, { format: "access-log" }).map((row) => Number(row.split(" ")[0]));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.filter((time) => time < 1)).toHaveLength(1000);
  expect(contains(studentInterval(times.slice(0, 1000), 0.999), 0.5)).toBe(true);
});

/** A table made while it is read: row n at n ms, of class n mod 2. */
function endless(rows: number): Bytes & { readonly largest: () => number; readonly reads: () => number } {
  const line = (row: number) => (row < 0 ? "timestamp,item\n".padStart(20) : `${String(row).padStart(10)},${String(row % 97).padStart(8)}\n`);
  let [largest, reads] = [0, 0];
  return {
    read(into, position) {
      reads++;
      largest = Math.max(largest, into.length);
      const end = Math.min((rows + 1) * 20, position + into.length);
      let text = "";
      for (let row = Math.floor(position / 20); row * 20 < end; row++) text += line(row - 1);
      const start = position % 20;
      return position >= end ? 0 : Buffer.from(text).copy(into, 0, start, start + end - position);
    },
    largest: () => largest,
    reads: () => reads,
  };
} // prettier-ignore

test("a file is read a chunk at a time, only as far as the run has come", () => {
  const rows = 200_000;
  const file = endless(rows);
  const options = { "time-unit": "ms", columns: { key: "item" } };
  const arrivals = open(file, options);
  let [now, count] = [arrivals.next(0), 0];
  for (; now < Infinity; now = arrivals.next(now), count++) {
    if (now !== count * 1e6 || arrivals.told!.key !== count % 97) expect.fail(`row ${count}`);
    if (count === rows / 2) expect(file.reads()).toBeLessThan(2 + (rows / 2) * 20 / CHUNK); // prettier-ignore
  }
  expect(count).toBe(rows);
  expect(file.largest()).toBe(CHUNK);
});

test("another seed spreads otherwise; the same one alike", () => {
  const rows = [log("03", "/"), log("03", "/"), log("03", "/")];
  const spread = (seed: string) => replayed(rows, { format: "access-log" }, seed);
  expect(spread("1")).toEqual(spread("1"));
  expect(spread("1")).not.toEqual(spread("2"));
});
