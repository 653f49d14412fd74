import { expect, test } from "vitest";
import { issuesOf, MOST_ISSUES } from "../../src/schema/issues.ts";
import { exampleLanguage } from "./exampleLanguage.ts";

const right = {
  run: { duration: "10 min" },
  rate: "800 rps",
  parts: {
    edge: { kind: "load-balancer", balancer: { kind: "power-of-choices", choices: 3 }, to: "web" },
    web: { kind: "service", slots: 16, work: "9 ms" },
  },
};

/** The issues of the right scenario with one thing changed, each as one line. */
function said(change: object): string[] {
  const input = { ...right, ...change };
  const result = exampleLanguage.safeParse(input);
  if (result.success) return [];
  return issuesOf(result.error, exampleLanguage, input).map(
    ({ path, message, suggestion, atKey }) =>
      `${path.join(".")}${atKey ? " (key)" : ""}: ${message}${suggestion ? ` -> ${suggestion}` : ""}`,
  );
}

const edge = (balancer: unknown) => ({
  parts: { ...right.parts, edge: { kind: "load-balancer", balancer, to: "web" } },
});
const web = (fields: object) => ({
  parts: { ...right.parts, web: { ...right.parts.web, ...fields } },
});

test("a right scenario has no issues, and its defaults are filled in", () => {
  expect(said({})).toEqual([]);
  const { parts, seed } = exampleLanguage.parse(right);
  expect(seed).toBe("1");
  expect(parts["web"]).toMatchObject({ work: 9e6, timeout: 2e9, queue: "fifo" });
});

test("the usual member of a family is meant when kind is left out", () => {
  expect(said(edge({}))).toEqual([]);
});

test("an unknown kind is named with its family and the nearest kind", () => {
  expect(said(edge({ kind: "least-conn" }))).toEqual([
    'parts.edge.balancer.kind: no balancer "least-conn" -> least-connections',
  ]);
});

test("a kind like no other is answered with all there are", () => {
  expect(said(edge({ kind: "hashing" }))).toEqual([
    'parts.edge.balancer.kind: no balancer "hashing"; expected one of round-robin, least-connections, power-of-choices',
  ]);
});

test("a missing kind names the family and its kinds", () => {
  expect(said(web({ work: { mean: "9 ms" } }))).toEqual([
    "parts.web.work: a distribution needs its kind; expected one of constant, gamma",
  ]);
});

test("text where a member of a family belongs is told so", () => {
  expect(said(edge("random"))).toEqual([
    'parts.edge.balancer: found "random"; expected a balancer such as { kind: round-robin }',
  ]);
});

test("an unknown field is reported at its key, with the kind that has no such field", () => {
  expect(said(edge({ kind: "power-of-choices", choises: 3 }))).toEqual([
    'parts.edge.balancer.choises (key): balancer power-of-choices has no field "choises" -> choices',
  ]);
});

test("a family that has a shorthand names its kinds all the same", () => {
  expect(said(web({ work: { kind: "gamma", mean: "9 ms", cvv: 2 } }))).toEqual([
    'parts.web.work.cvv (key): distribution gamma has no field "cvv" -> cv',
  ]);
});

test("each unknown field is an issue of its own, and the known ones are listed when none is near", () => {
  expect(said({ rum: { duration: "1 min" }, colour: "red" })).toEqual([
    'rum (key): a scenario has no field "rum" -> run',
    'colour (key): a scenario has no field "colour"; known are title, seed, run, rate, hit, worth, clock, parts, faults, objectives',
  ]);
});

test("a quantity's own sentence is passed on with its suggestion", () => {
  expect(said({ hit: 0.8 })).toEqual([
    "hit: 0.8 has no unit; expected a share such as 80 % -> 80 %",
  ]);
});

test("a shorthand written wrongly is judged as the shorthand, a map as the family", () => {
  expect(said(web({ work: "9 GB" }))).toEqual([
    'parts.web.work: "9 GB" is an amount of data; expected a duration such as 50 ms, 2 s or 1h30m',
  ]);
  expect(said(web({ work: { kind: "gama", mean: "9 ms" } }))).toEqual([
    'parts.web.work.kind: no distribution "gama" -> gamma',
  ]);
  expect(said(web({ work: { kind: "gamma", mean: "9 ms", cv: "big" } }))).toEqual([
    'parts.web.work.cv: "big" is not a number; expected a number such as 1.5',
  ]);
});

test("a value that fits no branch is answered with all of them", () => {
  expect(said(web({ work: ["9 ms"] }))).toEqual([
    "parts.web.work: found a list; expected a duration such as 50 ms, 2 s or 1h30m or a distribution such as { kind: constant }",
  ]);
});

test("a missing field says what to write there", () => {
  expect(said({ rate: undefined })).toEqual([
    'rate: "rate" is missing; expected a rate such as 800 rps or 50/min',
  ]);
  expect(said({ faults: [{ at: "1 min" }] })).toEqual([
    'faults.0.of: "of" is missing; expected text',
  ]);
});

test("a misspelt field is not reported as missing too", () => {
  expect(said({ rate: undefined, rates: "8 rps" })).toEqual([
    'rates (key): a scenario has no field "rates" -> rate',
  ]);
});

test("of several maps without kinds, the one with least wrong is meant", () => {
  expect(
    said({ objectives: [{ availability: 99.95 }, { lattency: "p99", below: "5 ms" }] }),
  ).toEqual([
    "objectives.0.availability: 99.95 has no unit; expected a share such as 80 % -> 99.95 %",
    'objectives.1.lattency (key): objectives.1 has no field "lattency" -> latency',
  ]);
});

test("a date and time says how it is written", () => {
  const words = "expected a date and time such as 2026-11-10T23:40:00+08:00";
  expect(said({ clock: "midnight" })).toEqual([`clock: found "midnight"; ${words}`]);
  expect(said({ clock: 2026 })).toEqual([`clock: found 2026; ${words}`]);
});

test("values of the wrong type say what was found", () => {
  expect(said({ parts: [1] })).toEqual(["parts: found a list; expected a map by name"]);
  expect(said({ faults: "none" })).toEqual(['faults: found "none"; expected a list']);
  expect(said({ rate: null })).toEqual([
    "rate: found nothing; expected a rate such as 800 rps or 50/min",
  ]);
  expect(said({ title: { a: 1 } })).toEqual(["title: found a map; expected text"]);
});

test("a number where text belongs is shown in quotes", () => {
  expect(said({ seed: 1111 })).toEqual(['seed: found 1111; expected text -> "1111"']);
});

test("a word not in a choice names the nearest, or all", () => {
  expect(said(web({ queue: "fifi" }))).toEqual([
    'parts.web.queue: found "fifi"; expected one of fifo, lifo -> fifo',
  ]);
});

test("numbers out of range name the bound in the field's own words", () => {
  expect(said(web({ slots: 0 }))).toEqual([
    "parts.web.slots: 0 is out of range; expected at least 1",
  ]);
  expect(said({ run: { duration: "5 ms" } })).toEqual([
    'run.duration: "5 ms" is out of range; expected at least 1 s',
  ]);
});

test("a name that is none is reported at its key", () => {
  expect(said({ parts: { ...right.parts, "1web": right.parts.web } })).toEqual([
    'parts.1web (key): "1web" cannot be a name; expected a letter, then letters, digits, - or _, 64 at most',
  ]);
});

test("many mistakes are all reported at once", () => {
  const issues = said({ rate: 5, hit: "x", worth: 3, seed: 1, ...web({ slots: "many" }) });
  expect(issues.map((line) => line.split(":")[0])).toEqual([
    "seed",
    "rate",
    "hit",
    "worth",
    "parts.web.slots",
  ]);
});

test("a flood of mistakes is cut off", () => {
  const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
  expect(said(flood)).toHaveLength(MOST_ISSUES);
});
