import { expect, test } from "vitest";
import { addedBy } from "../../src/scenario/variants.ts";

const issue = (message: string, at = "a") => ({ path: [at], message });

test("an issue of the scenario itself is not added again", () => {
  expect(addedBy([["one", [issue("wrong")]]], [issue("wrong")])).toEqual([]);
});

test("an issue of one variant names it, an issue of several names them all", () => {
  const added = addedBy(
    [
      ["one", [issue("wrong"), issue("bad")]],
      ["two", [issue("wrong")]],
    ],
    [],
  );
  expect(added.map(({ message }) => message)).toEqual([
    "wrong (in variants one, two)",
    "bad (in variant one)",
  ]);
});

test("the same words at different places are different issues", () => {
  expect(addedBy([["one", [issue("wrong", "a"), issue("wrong", "b")]]], [])).toHaveLength(2);
});
