import { expect, test } from "vitest";
import { parseFile } from "../../src/scenario/text.ts";
import { MOST_PIECES, toValue } from "../../src/scenario/tree.ts";

function value(text: string): unknown {
  const parsed = parseFile("s.yaml", text);
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join("; "));
  return toValue(parsed.tree);
}

/** Each issue as "line:column: message". */
function issues(text: string): string[] {
  const parsed = parseFile("s.yaml", text);
  if (parsed.ok) return [];
  return parsed.issues.map(({ place, message }) => {
    if (!("line" in place)) throw new Error("an issue of a file has a line");
    return `${place.line}:${place.column}: ${message}`;
  });
}

test("plain YAML 1.2 becomes plain data", () => {
  expect(value("a: 1\nb: [x, yes, true, ~]\nc: { d: 1.5 }")).toEqual({
    a: 1,
    b: ["x", "yes", true, null],
    c: { d: 1.5 },
  });
});

test("times and quantities stay text", () => {
  expect(value("clock: 2026-11-10T23:40:00+08:00\nfor: 40 min")).toEqual({
    clock: "2026-11-10T23:40:00+08:00",
    for: "40 min",
  });
});

test("an alias stands for what its anchor named last", () => {
  expect(value("a: &x [1]\nb: *x\nc: &x [2]\nd: *x")).toEqual({ a: [1], b: [1], c: [2], d: [2] });
});

test("sixty parts may share one anchor", () => {
  const uses = Array.from({ length: 60 }, (_, index) => `p${index}: *zones`).join("\n");
  expect(value(`z: &zones [a, b, c]\n${uses}`)).toHaveProperty("p59", ["a", "b", "c"]);
});

test("a byte order mark and Windows line ends are ignored", () => {
  expect(value("\ufeffa: 1\r\nb: 2\r\n")).toEqual({ a: 1, b: 2 });
  expect(issues("\ufeffa: 1\r\nb: !x 2\r\n")).toEqual([
    "2:4: the tag !x is not used in scenarios; remove it",
  ]);
});

test("markup in a title is text like any other", () => {
  expect(value("title: </script><script>alert(1)</script>")).toEqual({
    title: "</script><script>alert(1)</script>",
  });
});

test.each([
  ["a: 1\nb: 2\na: 3", '3:1: the key "a" is given twice; remove one'],
  ["a: 1\n\tb: 2", "2:1: a tab stands where YAML indents with spaces"],
  ["a:\n\t- 1", "2:1: a tab stands where YAML indents with spaces"],
  ["a: !foo 1", "1:4: the tag !foo is not used in scenarios; remove it"],
  ["a: !!binary aGk=", "is not used in scenarios; remove it"],
  ["a: !!set {b}", "is not used in scenarios; remove it"],
  ["%YAML 1.1\n---\na: yes", "1:1: a scenario is YAML 1.2, where yes and no are words"],
  ["a: 1\n---\nb: 2", "2:1: a second document begins here; a scenario is one"],
  ["title: midnight: the hour", "a second colon stands on this line; put the text in quotes"],
  ["a: [1, 2", "this is not YAML: "],
  ['a: "b', "this is not YAML: "],
  ["a: *b", "1:4: the alias *b has no anchor &b before it"],
  ["a: &a [*a]", "1:8: the alias *a stands for something that contains it"],
  ["b:\n  <<: { c: 1 }", "2:3: maps are not merged with <<; use extends or variants"],
  ["? [a]\n: 1", "1:3: a key must be a word"],
  ["a:\n  __proto__: { x: 1 }", '2:3: "__proto__" cannot be a name; choose another'],
  ["constructor: 1", '1:1: "constructor" cannot be a name; choose another'],
  ["prototype: 1", '1:1: "prototype" cannot be a name; choose another'],
  ["a: \u0000", "1:4: a character here is not text; save the file as UTF-8"],
  ["a: \u001b[2J", "1:4: a character here is not text; save the file as UTF-8"],
  [Buffer.from([0x61, 0x3a, 0x20, 0xff]).toString("utf8"), "1:4: a character here is not text"],
])("%j is refused: %s", (text, words) => {
  expect(issues(text).join("\n")).toContain(words);
});

test("prototype keys do not reach any prototype", () => {
  issues("__proto__: { polluted: true }");
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("several flaws of one text are all reported", () => {
  expect(issues("a: 1\na: 2\nconstructor: 3\nb: *c")).toHaveLength(3);
});

const deep = (open: string, close: string, levels: number) =>
  `a: ${open.repeat(levels)}1${close.repeat(levels)}`;
const tooDeep = "maps and lists are nested deeper than 64 levels; flatten them";

test("64 levels of nesting, the outermost map included, are read, and not one more", () => {
  expect(issues(deep("[", "]", 64)).join()).toContain(tooDeep);
  expect(issues(deep("[", "]", 63))).toEqual([]);
  const lines = Array.from({ length: 63 }, (_, level) => `${" ".repeat(level)}a:`);
  expect(issues(lines.join("\n"))).toEqual([]);
});

test.each([
  ["brackets", deep("[", "]", 20_000)],
  ["brackets left open", `a: ${"[".repeat(20_000)}`],
  ["braces", deep("{ a: ", "}", 20_000)],
  ["brackets that quoted ones seem to close", `a: ${'["]",'.repeat(20_000)}`],
  ["lists in lists", "- ".repeat(20_000)],
  ["keys in keys", "? ".repeat(20_000)],
  ["lines", Array.from({ length: 1000 }, (_, level) => `${" ".repeat(level)}a:`).join("\n")],
])("20,000 levels of %s are refused before they are parsed", (_, text) => {
  expect(issues(text).join()).toContain(tooDeep);
});

test("a bomb of aliases is refused without being unfolded", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++) {
    const uses = Array(9)
      .fill(`*a${level - 1}`)
      .join(", ");
    lines.push(`a${level}: &a${level} [${uses}]`);
  }
  expect(issues(lines.join("\n"))[0]).toContain(`more than ${MOST_PIECES} pieces`);
});

test("aliases cannot build nesting the guard did not see", () => {
  const lines = ["a0: &a0 []"];
  for (let level = 1; level < 5; level++) {
    lines.push(`a${level}: &a${level} ${"[".repeat(30)}*a${level - 1}${"]".repeat(30)}`);
  }
  expect(issues(lines.join("\n"))[0]).toContain("levels of nesting");
});

test("a file over 1 MiB is refused, saying what to do", () => {
  expect(issues(`a: ${"x".repeat(1024 * 1024)}`)).toEqual([
    "1:1: the file has 1048579 bytes, more than 1 MiB; split it with extends",
  ]);
});

test("a large flat map is read, and a key given twice in it found", () => {
  const keys = Array.from({ length: 5000 }, (_, index) => `k${index}: 1`);
  expect(issues(keys.join("\n"))).toEqual([]);
  expect(issues([...keys, "k0: 2"].join("\n"))).toEqual([
    '5001:1: the key "k0" is given twice; remove one',
  ]);
});
