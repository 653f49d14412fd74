import { expect, test } from "vitest";
import { coloured, widthOf } from "../../src/cli/terminal.ts";

const terminal = { isTTY: true, write: () => true };
const pipe = { write: () => true };

test.each([
  ["a terminal", terminal, {}, true],
  ["a pipe", pipe, {}, false],
  ["a terminal under NO_COLOR", terminal, { NO_COLOR: "1" }, false],
  ["a terminal under an empty NO_COLOR", terminal, { NO_COLOR: "" }, true],
  ["a terminal that knows no colours", terminal, { TERM: "dumb" }, false],
  ["a pipe under FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, true],
  ["a terminal under FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, false],
  ["a pipe under both", pipe, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
])("colours on %s", (_, stream, environment, expected) => {
  expect(coloured(stream, environment)).toBe(expected);
});

test("a stream that does not know its width is 100 columns wide", () => {
  expect(widthOf({ ...terminal, columns: 80 })).toBe(80);
  expect(widthOf({ ...terminal, columns: 0 })).toBe(100);
  expect(widthOf(pipe)).toBe(100);
});
