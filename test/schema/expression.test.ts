import fc from "fast-check";
import { expect, test } from "vitest";
import { sin } from "../../src/kernel/mathematics.ts";
import { compileExpression } from "../../src/schema/expression.ts";

function value(text: string, named: Record<string, number> = {}): number {
  const compiled = compileExpression(text, Object.keys(named));
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.evaluate(Object.values(named));
}

function refusal(text: string, names: readonly string[] = ["t"]): string {
  const compiled = compileExpression(text, names);
  return compiled.ok ? "was accepted" : compiled.message;
}

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["-2 ^ 2", -4],
  ["7 % 3", 1],
  ["(-1) % 86400", 86399],
  ["1 / 4", 0.25],
  ["min(3, 1, 2) + max(4, 5)", 6],
  ["abs(-3) + ceil(0.2) + floor(1.8) + round(2.5)", 8],
  ["sqrt(16) + exp(0) + log(1) + cos(0)", 6],
  ["1 < 2 and not (3 <= 2)", 1],
  ["1 == 2 or 1 != 1", 0],
  ["2 > 1 ? 10 : 20", 10],
  ["0 ? 10 : 20", 20],
  ["pi", Math.PI],
])("%s is %d", (text, expected) => {
  expect(value(text)).toBe(expected);
});

test("declared names take the values in their order", () => {
  expect(value("a - b", { a: 5, b: 3 })).toBe(2);
});

test("the daily wave of a platform comes from the kernel's sine", () => {
  const wave = value("1200 * (1 + 0.4 * sin(2 * pi * t / 3600))", { t: 900 });
  expect(wave).toBe(1200 * (1 + 0.4 * sin((2 * Math.PI * 900) / 3600)));
});

test("what is not a number is left to the caller: a division by zero is infinite", () => {
  expect(value("1 / 0")).toBe(Infinity);
  expect(value("0 / 0")).toBeNaN();
});

test.each([
  ["1:1e9", "ranges cannot be used"],
  ["random()", 'no function "random"'],
  ["import(1)", 'no function "import"'],
  ["t.constructor", "properties and indices cannot be used"],
  ["t[1]", "properties and indices cannot be used"],
  ["t = 3", "assignments cannot be used"],
  ["f(x) = x", "definitions of functions cannot be used"],
  ['"text"', "text cannot be used"],
  ["true", "true cannot be used"],
  ["[1, 2]", "lists cannot be used"],
  ["{a: 1}", "objects cannot be used"],
  ["1; 2", "several formulas in one cannot be used"],
  ["1 < t < 3", "write a < b and b < c"],
  ["2 t", "written with *"],
  ["5 cm", 'no name "cm"'],
  ["t to 3", "operator to cannot"],
  ["t!", "operator ! cannot"],
  ["5%", "write 0.05 for 5 %"],
  ["t ^ 0.5", "whole number from 0 to 16"],
  ["2 ^ 3 ^ 2", "whole number from 0 to 16"],
  ["2 ^ t", "whole number from 0 to 16"],
  ["t ^ 17", "whole number from 0 to 16"],
  ["1e999", "too large"],
  ["constructor", 'no name "constructor"'],
  ["__proto__", "formula"],
  ["sin", "write sin(…)"],
  ["sin()", "takes one number, found 0"],
  ["sin(1, 2)", "takes one number, found 2"],
  ["min()", "takes at least one number"],
  ["", "empty"],
  ["1 +", "not understood at character"],
])("%s is refused, saying: %s", (text, words) => {
  expect(refusal(text)).toContain(words);
});

test("a name or function nearly right is named", () => {
  expect(refusal("rat * 2", ["rate"])).toContain('did you mean "rate"?');
  expect(refusal("squrt(4)")).toContain('did you mean "sqrt"?');
});

test("length, nesting and number of terms are bounded, and the limit is named", () => {
  expect(refusal("1+".repeat(200) + "1")).toContain("more than 256");
  expect(refusal("(".repeat(21) + "t" + ")".repeat(21))).toContain("deeper than 20");
  expect(refusal("-".repeat(60) + "t")).toContain("deeper than 20");
  expect(refusal("max(" + Array(120).fill("1").join(",") + ")")).toContain("more than 100");
  expect(refusal("(".repeat(20000))).toContain("more than 256");
});

test("no text makes the compiler throw", () => {
  const alphabet = fc.constantFrom(..."t12.()+-*/%^<>=!?:,;[]{}'\" eE_andornot\\\n#$@".split(""));
  const anyText = fc.array(alphabet, { maxLength: 40 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(anyText, (text) => {
      const compiled = compileExpression(text, ["t"]);
      if (compiled.ok) expect(typeof compiled.evaluate([1])).toBe("number");
    }),
    { seed: 11, numRuns: 500 },
  );
});
