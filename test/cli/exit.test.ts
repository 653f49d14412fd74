import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ending, exit, Stop } from "../../src/cli/exit.ts";

test("a foreseen ending keeps its code and its words", () => {
  expect(ending(new Stop(exit.scenario, "3 mistakes"), true)).toEqual({
    code: 3,
    message: "3 mistakes",
  });
});

test("a missing file is a matter of files, in words, with its path", () => {
  let problem: unknown;
  try {
    readFileSync("/nowhere/night.yaml");
  } catch (caught) {
    problem = caught;
  }
  expect(ending(problem, false)).toEqual({
    code: 4,
    message: "/nowhere/night.yaml: there is no such file or folder",
  });
});

test("anything else is our bug; its place is shown to those who ask", () => {
  const bug = new Error("a call resolved twice", { cause: new RangeError("below zero") });
  const short = ending(bug, false);
  expect(short.code).toBe(1);
  expect(short.message).toMatch(/^this is our bug: a call resolved twice\n.*--debug/s);
  expect(short.message).not.toContain("exit.test.ts");
  const long = ending(bug, true).message;
  expect(long).toContain("exit.test.ts");
  expect(long).toContain("caused by RangeError: below zero");
});

test("what is thrown without being an Error is our bug as well", () => {
  expect(ending("nonsense", false).message).toContain("this is our bug: nonsense");
});
