import { expect, test } from "vitest";
import { firstDifference } from "./difference.ts";

const files = (entries: Record<string, string>) => new Map(Object.entries(entries));

test("equal folders do not differ", () => {
  expect(firstDifference(files({ b: "1\n", a: "2\n" }), files({ a: "2\n", b: "1\n" }))).toBe(null);
});

test.each([
  ["a changed line", "1\n2\n3\n", "1\ntwo\n3\n", 'a.csv:2: committed "2", now "two"'],
  ["a line too many", "1\n", "1\n2\n", 'a.csv:2: committed "", now "2"'],
  ["a line too few", "1\n2", "1", 'a.csv:2: committed "2", now nothing'],
  ["only a missing line end", "1\n", "1", 'a.csv:2: committed "", now nothing'],
])("names file and line of %s", (_, before, after, words) => {
  const same = { "0.csv": "0" };
  const difference = firstDifference(
    files({ ...same, "a.csv": before, "b.csv": "x" }),
    files({ ...same, "a.csv": after, "b.csv": "y" }),
  );
  expect(difference).toBe(words);
});

test("names a file that is new and one that is gone", () => {
  expect(firstDifference(files({}), files({ a: "" }))).toBe("a: not committed");
  expect(firstDifference(files({ a: "" }), files({}))).toBe("a: no longer written");
});
