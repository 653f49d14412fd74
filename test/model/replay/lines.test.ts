import { expect, test } from "vitest";
import type { Bytes } from "../../../src/model/replay/bytes.ts";
import { CHUNK, fieldsOf, Lines, LONGEST_LINE, readable } from "../../../src/model/replay/lines.ts";

function bytesOf(text: string): Bytes {
  const whole = Buffer.from(text, "utf8");
  return { read: (into, position) => whole.copy(into, 0, position, position + into.length) };
}

function linesOf(text: string): string[] {
  const lines = new Lines(bytesOf(text));
  const read: string[] = [];
  for (let line = lines.next(); line !== null; line = lines.next()) read.push(readable(line));
  return read;
}

test("lines end as on any system, and the last may have no end", () => {
  expect(linesOf("\ufefftime,类\r\n1,a\n\n2,b")).toEqual(["time,类", "1,a", "", "2,b"]);
  expect(linesOf("a\n")).toEqual(["a"]);
  expect(linesOf("")).toEqual([]);
});

test("lines are whole wherever a chunk ends in them", () => {
  for (const spare of [0, 1, 2, 3]) {
    const first = "x".repeat(LONGEST_LINE - spare);
    const whole = `${Array<string>(CHUNK / LONGEST_LINE + 2).fill(first).join("\n")}\nümlaut\n`;
    expect(linesOf(whole).at(-1)).toBe("ümlaut");
    expect(linesOf(whole).slice(0, -1).every((line) => line === first)).toBe(true);
  }
}); // prettier-ignore

test("a line without end is cut, not held", () => {
  const lines = new Lines(bytesOf(`${"y".repeat(10 * CHUNK)}\nz`));
  expect(lines.next()).toHaveLength(LONGEST_LINE);
  expect(lines.isCut).toBe(true);
  expect([lines.next(), lines.isCut, lines.number]).toEqual(["z", false, 2]);
});

test("fields may be quoted, with commas and quotes in them", () => {
  expect(fieldsOf("1,a,", ",")).toEqual(["1", "a", ""]);
  expect(fieldsOf('"1","a, b","say ""hi""",c', ",")).toEqual(["1", "a, b", 'say "hi"', "c"]);
});

test("fields may be separated by semicolons or tabs, and then hold commas", () => {
  expect(fieldsOf('1,5;"a;b";c', ";")).toEqual(["1,5", "a;b", "c"]);
  expect(fieldsOf('1\t"a\tb"\tc;d', "tab")).toEqual(["1", "a\tb", "c;d"]);
});
