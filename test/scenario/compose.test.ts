import { expect, test } from "vitest";
import { readScenarioText, type Sources } from "../../src/scenario/compose.ts";

/** Reads main.yaml of a folder of texts. */
function read(files: Record<string, string>, sources: Partial<Sources> = {}) {
  return readScenarioText(files["main.yaml"] as string, {
    file: "scenarios/main.yaml",
    readFile(path) {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error("missing"), { code: "ENOENT" });
      return text;
    },
    ...sources,
  });
}

function value(files: Record<string, string>, sources: Partial<Sources> = {}): unknown {
  const result = read(files, sources);
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join("; "));
  return result.value;
}

function messages(files: Record<string, string>, sources: Partial<Sources> = {}): string[] {
  const result = read(files, sources);
  return result.ok ? [] : result.issues.map(({ message }) => message);
}

/** Where an issue of a path would be printed. */
function place(files: Record<string, string>, path: string, sources: Partial<Sources> = {}) {
  const result = read(files, sources);
  if (!result.ok) throw new Error("the files have issues");
  const found = result.place({ path: path.split("."), message: "wrong" }).place;
  return "flag" in found
    ? found.flag
    : `${found.file}:${found.line}:${found.column}+${found.length}`;
}

const base = "run:\n  duration: 5 min\n  replications: 3\nzones: [a, b]\ntitle: base\n";

test("a file says the last word over the one it extends: maps merge, lists and values replace", () => {
  const main = "extends: ./base.yaml\nrun: { duration: 9 min }\nzones: [c]\n";
  expect(value({ "main.yaml": main, "base.yaml": base })).toEqual({
    run: { duration: "9 min", replications: 3 },
    zones: ["c"],
    title: "base",
  });
});

test("null takes a key away", () => {
  const main = "extends: base.yaml\ntitle: null\nrun: { replications: ~ }\n";
  expect(value({ "main.yaml": main, "base.yaml": base })).toEqual({
    run: { duration: "5 min" },
    zones: ["a", "b"],
  });
});

test("a map of another kind replaces, since its options belong to that kind", () => {
  const under = "balancer: { kind: power-of-choices, choices: 3 }";
  const main = (balancer: string) => `extends: base.yaml\nbalancer: ${balancer}\n`;
  expect(value({ "main.yaml": main("{ kind: random }"), "base.yaml": under })).toEqual({
    balancer: { kind: "random" },
  });
  expect(value({ "main.yaml": main("{ kind: power-of-choices }"), "base.yaml": under })).toEqual({
    balancer: { kind: "power-of-choices", choices: 3 },
  });
});

test("paths of a file in a folder are read from that folder", () => {
  const files = {
    "main.yaml": "extends: parts/web.yaml",
    "parts/web.yaml": "extends: ../common.yaml\na: 1",
    "common.yaml": "b: 2",
  };
  expect(value(files)).toEqual({ a: 1, b: 2 });
});

test.each([
  ["../secret.yaml", '"../secret.yaml" is outside the scenario\'s folder, which is not read'],
  ["a/../../secret.yaml", "is outside the scenario's folder"],
  ["/etc/passwd", "is outside the scenario's folder"],
  ["~/secret.yaml", "is outside the scenario's folder"],
  ["C:\\secret.yaml", "is outside the scenario's folder"],
  ["https://example.com/a.yaml", "is outside the scenario's folder"],
  ["..\\secret.yaml", "is outside the scenario's folder"],
  ["none.yaml", "cannot read none.yaml: there is no such file"],
  ["[a.yaml, b.yaml]", "extends needs the path of one file, such as ./base.yaml"],
])("extends: %s is refused", (path, words) => {
  expect(messages({ "main.yaml": `extends: ${path}\n` }).join()).toContain(words);
});

test("files that extend each other are named", () => {
  const files = { "main.yaml": "extends: b.yaml", "b.yaml": "extends: main.yaml" };
  expect(messages(files)).toEqual(["the files extend each other: main.yaml → b.yaml → main.yaml"]);
});

test("a chain of nine files is read, one of ten is not", () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        index === 0 ? "main.yaml" : `f${index}.yaml`,
        index < length - 1 ? `extends: f${index + 1}.yaml\nk${index}: 1` : `k${index}: 1`,
      ]),
    );
  expect(messages(chain(9))).toEqual([]);
  expect(messages(chain(10))).toEqual(["more than 8 files extend one another; join some of them"]);
});

test("what the reader of files says is passed on", () => {
  const readFile = () => {
    throw new Error("a link leads outside");
  };
  expect(messages({ "main.yaml": "extends: base.yaml" }, { readFile })).toEqual([
    "cannot read base.yaml: a link leads outside",
  ]);
});

test("an issue points into the file that said it", () => {
  const main = "extends: base.yaml\nrun: { duration: 9 min }\n";
  const files = { "main.yaml": main, "base.yaml": base };
  expect(place(files, "run.duration")).toBe("scenarios/main.yaml:2:18+5");
  expect(place(files, "run.replications")).toBe("scenarios/base.yaml:3:17+1");
  expect(place(files, "zones.1")).toBe("scenarios/base.yaml:4:12+1");
});

test("a mistake in the extended file's YAML is reported there", () => {
  const result = read({ "main.yaml": "extends: base.yaml", "base.yaml": "a: 1\na: 2" });
  expect(!result.ok && result.issues[0]?.place).toEqual({
    file: "scenarios/base.yaml",
    line: 2,
    column: 1,
    length: 1,
  });
});

test("a missing field is shown at the map that lacks it, a map at its key", () => {
  const files = { "main.yaml": "parts:\n  web:\n    slots: 4\n  list: [{ a: 1 }]\n  empty:\n" };
  expect(place(files, "parts.web.work")).toBe("scenarios/main.yaml:2:3+3");
  expect(place(files, "parts.web")).toBe("scenarios/main.yaml:2:3+3");
  expect(place(files, "parts.list.0.b")).toBe("scenarios/main.yaml:4:10+1");
  expect(place(files, "parts.empty")).toBe("scenarios/main.yaml:5:3+5");
  expect(place(files, "rate")).toBe("scenarios/main.yaml:1:1+1");
});

test("a value behind an alias is shown where it is written", () => {
  const files = { "main.yaml": "base: &b\n  timeout: 5\nweb: *b\n" };
  expect(place(files, "web.timeout")).toBe("scenarios/main.yaml:2:12+1");
});

const varied = [
  "autoscalers:",
  "  web: { kind: hpa, min: 2 }",
  "run: { duration: 5 min, replications: 3 }",
  "faults: [{ at: 1 min }, { at: 2 min }]",
  "variants:",
  "  reactive: {}",
  "  nothing:",
  "  scaled: { autoscalers.web: { kind: hpa, max: 9 }, run: { duration: 1 min }, faults.1.at: 3 min }",
  "  bare: { autoscalers.web: null, faults: [] }",
].join("\n");

test("a variant's dotted keys replace, its plain keys merge", () => {
  expect(value({ "main.yaml": varied }, { variant: "scaled" })).toEqual({
    autoscalers: { web: { kind: "hpa", max: 9 } },
    run: { duration: "1 min", replications: 3 },
    faults: [{ at: "1 min" }, { at: "3 min" }],
  });
  expect(value({ "main.yaml": varied }, { variant: "bare" })).toMatchObject({
    autoscalers: {},
    faults: [],
  });
});

test("an empty variant changes nothing, and variants are no part of the value", () => {
  const plain = value({ "main.yaml": varied });
  expect(plain).not.toHaveProperty("variants");
  expect(value({ "main.yaml": varied }, { variant: "reactive" })).toEqual(plain);
  expect(value({ "main.yaml": varied }, { variant: "nothing" })).toEqual(plain);
});

test("the names of the variants are told, those of the extended file too", () => {
  const result = read({ "main.yaml": "extends: b.yaml\nvariants: { mine: {} }", "b.yaml": varied });
  expect(result.ok && result.variants).toEqual(["reactive", "nothing", "scaled", "bare", "mine"]);
});

test("an issue in a variant points at the variant", () => {
  const where = place({ "main.yaml": varied }, "autoscalers.web.max", { variant: "scaled" });
  expect(where).toBe("scenarios/main.yaml:8:48+1");
});

test("an unknown variant suggests a known one", () => {
  const result = read({ "main.yaml": varied }, { variant: "scled" });
  expect(!result.ok && result.issues).toEqual([
    {
      path: [],
      message: 'the scenario has no variant "scled"',
      suggestion: "scaled",
      place: { flag: "--variant scled" },
    },
  ]);
});

test("--set has the last word, with a value written as YAML", () => {
  const set = ["run.duration=7 min", "faults.0.at=9 s", "zones=[x, y]", "new.part={ a: 1 }"];
  expect(value({ "main.yaml": varied }, { set })).toEqual({
    autoscalers: { web: { kind: "hpa", min: 2 } },
    run: { duration: "7 min", replications: 3 },
    faults: [{ at: "9 s" }, { at: "2 min" }],
    zones: ["x", "y"],
    new: { part: { a: 1 } },
  });
});

test("--set of null takes a key away, and comes after the variant", () => {
  const set = ["autoscalers.web=null", "run.duration=8 min"];
  expect(value({ "main.yaml": varied }, { set, variant: "scaled" })).toMatchObject({
    autoscalers: {},
    run: { duration: "8 min" },
  });
});

test("an issue of a value that was set points at the flag", () => {
  const set = ["run.duration=7 GB"];
  expect(place({ "main.yaml": varied }, "run.duration", { set })).toBe("--set run.duration=7 GB");
  expect(place({ "main.yaml": varied }, "run.replications", { set })).toContain("main.yaml:3:39");
});

test.each([
  ["run.duration", "expected path=value, such as parts.web.slots=8"],
  ["=5", "expected path=value, such as parts.web.slots=8"],
  ["__proto__.x=1", '"__proto__.x" is not a path such as parts.web.slots'],
  ["a..b=1", '"a..b" is not a path such as parts.web.slots'],
  [`${"a.".repeat(100)}a=1`, "is not a path such as parts.web.slots"],
  ["run.duration.x=1", "nothing can be set at x: 5 min is no map or list"],
  ["faults.7.at=1", "the list has no position 7; it has 2"],
  ["a=[1", "this is not YAML"],
  ["a={ __proto__: 1 }", '"__proto__" cannot be a name; choose another'],
])("--set %s is refused", (assignment, words) => {
  expect(messages({ "main.yaml": varied }, { set: [assignment] }).join()).toContain(words);
});

test.each([
  ["", "the file is empty; loadstar init writes a scenario to start from"],
  ["# only a comment", "the file is empty; loadstar init writes a scenario to start from"],
  ["- a", "found a list; expected a map with title, run, workloads, parts, …"],
  ["hello", "found a single value; expected a map with title, run, workloads, parts, …"],
  ["variants: [a]", "variants are a map: each a name and what it changes"],
])("%j is no scenario", (text, words) => {
  expect(messages({ "main.yaml": text })).toEqual([words]);
});
