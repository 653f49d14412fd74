import { expect, test } from "vitest";
import { mend } from "../../src/schema/mend.ts";
import { exampleLanguage } from "./exampleLanguage.ts";

const right = {
  run: { duration: "10 min" },
  rate: "800 rps",
  parts: {
    edge: { kind: "load-balancer", balancer: { kind: "power-of-choices", choices: 3 }, to: "web" },
    web: { kind: "service", slots: 16, work: "9 ms" },
  },
};

/** The right input with one thing changed, mended; touched places as dotted paths. */
function mended(change: object) {
  const input = { ...right, ...change };
  const before = structuredClone(input);
  const result = mend(exampleLanguage, input);
  expect(input).toEqual(before);
  return result && { output: result.output, touched: result.touched.map((path) => path.join(".")) };
}

const web = (fields: object) => ({
  parts: { ...right.parts, web: { ...right.parts.web, ...fields } },
});

test("what is right is left as it is", () => {
  expect(mended({})).toEqual({ output: exampleLanguage.parse(right), touched: [] });
});

test("a misspelt kind becomes the one that was meant, with its options", () => {
  const balancer = { kind: "power-of-choice", choices: 5 };
  const result = mended({ parts: { ...right.parts, edge: { ...right.parts.edge, balancer } } });
  expect(result?.output.parts["edge"]).toMatchObject({
    balancer: { kind: "power-of-choices", choices: 5 },
  });
  expect(result?.touched).toEqual(["parts.edge.balancer.kind"]);
});

test("what stands under a misspelt field moves to the field that was meant", () => {
  const result = mended(web({ slots: undefined, slotts: 7 }));
  expect(result?.output.parts["web"]).toMatchObject({ slots: 7 });
  expect(result?.touched).toContain("parts.web.slotts");
  expect(result?.touched).toContain("parts.web.slots");
});

test("a field like no other is taken out, an optional one that is wrong too", () => {
  const result = mended({ ...web({ colour: "red" }), hit: "120 %" });
  expect(result?.output).toEqual(exampleLanguage.parse(right));
  expect(result?.touched.toSorted()).toEqual(["hit", "parts.web.colour"]);
});

test("what is missing is made up, and said to be", () => {
  const { rate, ...rest } = right;
  const result = mend(exampleLanguage, rest);
  expect(rate).toBeDefined();
  expect(result?.output.rate).toBeGreaterThan(0);
  expect(result?.touched).toEqual([["rate"]]);
});

test("a name that is none gets one that no other has", () => {
  const result = mended({ parts: { ...right.parts, "1st": right.parts.web } });
  expect(Object.keys(result?.output.parts ?? {})).toHaveLength(3);
  expect(result?.touched).toContain("parts.1st");
});

test("of a choice of maps, the one with least wrong is mended", () => {
  const result = mended({ objectives: [{ lattency: "p99", below: "5 ms" }] });
  expect(result?.output.objectives).toEqual([{ latency: "p99", below: 5e6 }]);
  expect(result?.touched.every((path) => path.startsWith("objectives.0."))).toBe(true);
});

test("what is no scenario at all is not mended", () => {
  expect(mend(exampleLanguage, "hello")).toBeNull();
  expect(mend(exampleLanguage, null)).toBeNull();
  expect(mend(exampleLanguage, [])).toBeNull();
});

test("a flood of mistakes is not worth mending", () => {
  const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
  expect(mended(flood)).toBeNull();
});
