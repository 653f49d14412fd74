import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { keyLaws, keysSchema } from "../../../src/model/keys/index.ts";
import { make } from "../../../src/schema/definition.ts";
import { fits } from "../../support/chiSquare.ts";
import { tally } from "../../support/pool.ts";

function draws(written: object, count: number): number[] {
  const spec = keysSchema.parse(written);
  const keys = make(keyLaws, spec, { random: new Random("singled out") });
  return Array.from({ length: count }, () => keys.draw());
}

test("two hot items of ten have their share and that of the rest", () => {
  const written = { kind: "hot", share: "40 %", hot: 2, rest: { kind: "uniform", items: 10 } };
  // 20 % each, and a tenth of the other 60 %.
  const law = Array.from({ length: 10 }, (_, key) => (key < 2 ? 0.26 : 0.06));
  expect(fits(tally(draws(written, 100_000), 10), law)).toBe(true);
});

test.each([
  { name: "falling", weights: [50, 30, 10, 6, 4] },
  { name: "rising", weights: [4, 6, 10, 30, 50] },
  { name: "in any order, with a zero", weights: [0, 50, 4, 30, 6, 10] },
])("counted items come up by their weights, $name", ({ weights }) => {
  const written = { kind: "empirical", weights };
  const counts = tally(draws(written, 100_000), weights.length);
  const some = weights.flatMap((weight, key) => (weight > 0 ? [key] : []));
  expect(weights.every((weight, key) => weight > 0 || counts[key] === 0)).toBe(true);
  expect(fits(some.map((key) => counts[key]!), some.map((key) => weights[key]! / 100))).toBe(true);
}); // prettier-ignore

test("a table of many items in no order keeps the law", () => {
  const weights = Array.from({ length: 97 }, (_, key) => 1 + ((key * 53) % 97));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = tally(draws({ kind: "empirical", weights }, 200_000), 97);
  expect(fits(counts, weights.map((weight) => weight / total))).toBe(true);
}); // prettier-ignore

test("a scan goes from the first to the last item and begins again", () => {
  expect(draws({ kind: "sequential", items: 3 }, 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test("made-up keys are as often any as any other, and none below what there is", () => {
  const keys = draws({ kind: "absent", beyond: 1000, items: 20 }, 50_000);
  const counts = tally(keys.map((key) => key - 1000), 20); // prettier-ignore
  expect(fits(counts, new Array<number>(20).fill(1 / 20))).toBe(true);
});

test("more hot items than items are refused", () => {
  const spec = keysSchema.parse({ kind: "hot", share: "1 %", hot: 9, rest: { kind: "uniform", items: 8 } }); // prettier-ignore
  const hot = keyLaws.find(({ kind }) => kind === "hot")!;
  expect(hot.check!(spec as never)).toEqual([
    { path: ["hot"], message: "found 9 hot items of 8; expected at most as many" },
  ]);
});

test("all items may be hot", () => {
  const spec = keysSchema.parse({ kind: "hot", share: "1 %", hot: 8, rest: { kind: "uniform", items: 8 } }); // prettier-ignore
  const hot = keyLaws.find(({ kind }) => kind === "hot")!;
  expect(hot.check!(spec as never)).toEqual([]);
});
