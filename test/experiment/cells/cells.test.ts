/** Lists of cells, their lines and their parts: what is written comes back, and nothing else is taken. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cells, cellListSchema, idOf, ListBuilder } from "../../../src/experiment/cells/list.ts";
import { lineOf, readLine, type Answer } from "../../../src/experiment/cells/lines.ts";
import {
  cellsOf,
  finished,
  headOf,
  joined,
  readPart,
  type Question,
} from "../../../src/experiment/cells/part.ts";
import { patched, patchFrom } from "../../../src/experiment/cells/patch.ts";
import { Pool } from "../../../src/experiment/pool.ts";
import { simulate } from "../../../src/experiment/replication.ts";
import { stored } from "../../support/stored.ts";

const short = ["run.duration=10 s", "run.warm-up=0 s", "run.replications=2"];
const tills = (slots: number) => stored("erlang-c", `parts.tills.slots=${slots}`, ...short);

/** Three scenarios of two replications each, as they would arrive on another machine. */
function list(wanted: "record" | "measures" = "measures"): Cells {
  const builder = new ListBuilder(tills(8), wanted);
  for (const slots of [7, 8, 9]) builder.add(tills(slots));
  const travelled = JSON.parse(JSON.stringify(builder.cells().list)) as unknown;
  return new Cells(cellListSchema.parse(travelled));
}

describe("a list", () => {
  test("tells every scenario to the last value, and differences alone are written", () => {
    const cells = list();
    expect(cells.size).toBe(6);
    for (const [at, slots] of [7, 8, 9].entries()) {
      expect(cells.scenario(at)).toEqual(tills(slots));
      expect(JSON.stringify(cells.scenario(at).resolved)).toBe(
        JSON.stringify(tills(slots).resolved),
      );
    }
    expect(cells.cell(5)).toMatchObject({
      replication: 1,
      scenario: { parts: { tills: { slots: 9 } } },
    });
    expect(cells.list.scenarios[1]!.patch).toEqual([]);
    expect(cells.list.scenarios[2]!.patch).toEqual([[["resolved", "parts", "tills", "slots"], 9]]);
    expect(cells.mistake()).toBeNull();
  });

  test("has another id when anything in it is another", () => {
    const [one, other] = [list().list, list().list];
    expect(idOf(one)).toBe(idOf(other));
    expect(idOf({ ...one, engine: "0.0.9" })).not.toBe(idOf(one));
    expect(idOf({ ...one, scenarios: one.scenarios.slice(1) })).not.toBe(idOf(one));
  });

  test.each([
    ["a part without slots", [["resolved", "parts", "tills", "slots"], 0], "slots"],
    [
      "a place that is not there",
      [["resolved", "parts", "__proto__", "slots"], 9],
      'no "__proto__"',
    ],
    [
      "a call to nobody",
      [["resolved", "workloads"], { a: { to: "none", arrivals: { rate: "1 rps" } } }],
      "none",
    ],
    ["no scenario at all", [[], 7], "not written"],
  ])("with %s is known to be wrong", (_, entry, why) => {
    const { list: whole } = list();
    const hostile = cellListSchema.parse({
      ...whole,
      scenarios: [{ patch: [entry], from: 0, count: 1 }],
    });
    expect(new Cells(hostile).mistake()).toContain(why);
    expect(({} as { slots?: unknown }).slots).toBeUndefined();
  });
});

test("a patch makes of one value the other, to the order of its keys", () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(value, value, (before, after) => {
      const patch = JSON.parse(JSON.stringify(patchFrom(before, after))) as ReturnType<
        typeof patchFrom
      >;
      expect(JSON.stringify(patched(before, patch))).toBe(JSON.stringify(after));
    }),
    { seed: 8, numRuns: 300 },
  );
});

describe("a line", () => {
  test("says of a record exactly what the simulation did", () => {
    // The node crashes after five minutes.
    for (const [name, long] of Object.entries({ "cache-breakdown": 30, "node-crash": 302 })) {
      const record = simulate(stored(name, `run.duration=${long} s`), 0);
      const read = readLine(lineOf(3, { found: record }), "record")!;
      expect(read).toEqual({ cell: 3, answer: { found: record } });
      expect(JSON.stringify(read.answer)).toBe(JSON.stringify({ found: record }));
    }
  });

  const line = lineOf(0, { found: simulate(tills(8), 0) });
  test.each<[string, (line: string) => string]>([
    [
      "a key that changes prototypes",
      (line) => line.replace('"engine"', '"__proto__":{"a":1},"engine"'),
    ],
    [
      "a bucket that no histogram has",
      (line) => line.replace(/"int32":\[\d+/, '"int32":[999999999'),
    ],
    ["a count below nothing", (line) => line.replace(/"generated":\d+/, '"generated":-1')],
    ["a word where a number belongs", (line) => line.replace(/"float64":\[\d+/, '"float64":["x"')],
    ["no classes", (line) => line.replace('"classes"', '"glasses"')],
    ["half of itself", (line) => line.slice(0, line.length / 2)],
    ["brackets without end", () => "[".repeat(1e6)],
  ])("with %s is none", (_, spoil) => {
    expect(readLine(line, "record")).not.toBeNull();
    expect(spoil(line)).not.toBe(line);
    expect(readLine(spoil(line), "record")).toBeNull();
  });
});

describe("parts", () => {
  const cells = list();
  const question: Question = { verb: "sweep", about: null, list: cells.list };
  const answer = (cell: number): Answer => ({
    found: [{ metric: "mean", of: null, unit: "s", value: cell / 7 }],
  });
  const partOf = (at: number, of: number, asked = question) => {
    const lines = new Map(
      cellsOf({ at, of }, cells.size).map((cell) => [cell, lineOf(cell, answer(cell))]),
    );
    return finished(headOf(asked, { at, of }), lines);
  };
  const read = (...texts: string[]) => texts.map((text, at) => readPart(`part ${at}`, text));

  test("joined in any order are the whole, in the order of the cells", () => {
    const { answers } = joined(read(...[4, 2, 1, 3].map((at) => partOf(at, 4))));
    expect([...answers.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(answers.get(5)).toEqual(answer(5));
  });

  test("of more shards than there are cells join too", () => {
    const texts = Array.from({ length: 9 }, (_, at) => partOf(at + 1, 9));
    expect(joined(read(...texts)).answers.size).toBe(6);
  });

  const text = partOf(1, 2);
  const other = { ...question, about: "something else" };
  test.each<[string, () => unknown, string]>([
    ["with a gap", () => joined(read(text)), "3 of 6 cells are missing: shard 2 of 2"],
    [
      "that overlap",
      () => joined(read(text, text)),
      "part 1: overlaps with part 0: both have cell 0",
    ],
    ["of two questions", () => joined(read(text, partOf(2, 2, other))), "only parts of one whole"],
    [
      "of another version",
      () => read(text.replaceAll('"engine":"0.1.0"', '"engine":"9.1.0"')),
      "made by Loadstar 9.1.0; this is",
    ],
    [
      "whose question was changed",
      () => read(text.replace('"count":2', '"count":1')),
      "was changed",
    ],
    [
      "whose numbers were changed",
      () => read(text.replace("0.285714", "0.285715")),
      "not those it was finished with",
    ],
    [
      "with a line of another shard",
      () => read(text.replace('{"cell":2,', '{"cell":3,')),
      "cell 3 is not one of shard 1 of 2",
    ],
    [
      "with a line twice",
      () => read(text.replace('{"cell":2,', '{"cell":0,')),
      "cell 0 is in it twice",
    ],
    [
      "with a line that is none",
      () => read(text.replace('{"cell":2,', '{"sell":2,')),
      "damaged in line 3",
    ],
    [
      "without a line",
      () => read(text.replace(/{"cell":2.*\n/, "")),
      "not those it was finished with",
    ],
    [
      "that are not finished",
      () => joined(read(text.replace(/{"cells".*\n/, ""), partOf(2, 2))),
      "not finished, it has 3 cells",
    ],
    ["that are something else", () => read("hello\nworld\n"), "is no part"],
  ])("%s are refused", (_, act, why) => {
    expect(act).toThrow(
      expect.objectContaining({ name: "PartRefused", message: expect.stringContaining(why) }),
    );
  });
});

test("hands are asked for what is wanted, and answer each cell once", async () => {
  const pool = new Pool({ jobs: 0 });
  const cells = list();
  const heard: number[] = [];
  await pool.simulate({ cells, wanted: [4, 1, 5], onAnswer: (cell) => heard.push(cell) });
  await pool.close();
  expect(heard.toSorted()).toEqual([1, 4, 5]);
});
