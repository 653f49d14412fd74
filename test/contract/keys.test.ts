/** What every popularity law must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { keyLaws, keysSchema } from "../../src/model/keys/index.ts";
import { make } from "../../src/schema/definition.ts";

/** As users write them for so many items, and the keys then drawn. */
const examples: Readonly<Record<string, (items: number) => readonly [object, readonly number[]]>> = {
  zipf: (items) => [{ kind: "zipf", items }, range(items)],
  uniform: (items) => [{ kind: "uniform", items }, range(items)],
  hot: (items) => [{ kind: "hot", share: "60 %", rest: { kind: "uniform", items } }, range(items)],
  empirical: (items) => [{ kind: "empirical", weights: range(items).map(() => 3) }, range(items)],
  sequential: (items) => [{ kind: "sequential", items }, range(items)],
  absent: (items) => [{ kind: "absent", beyond: 100, items }, range(items).map((key) => key + 100)],
}; // prettier-ignore

describe.each(keyLaws)("$kind", ({ kind, items: extent }) => {
  const keysOf = (items: number, stream = "keys") => {
    const spec = keysSchema.parse(examples[kind]!(items)[0]);
    return make(keyLaws, spec, { random: new Random(stream) });
  };
  const drawn = (items: number) => {
    const keys = keysOf(items);
    return new Set(Array.from({ length: 1000 }, () => keys.draw()));
  };

  test("of seven items every one comes up, and nothing else", () => {
    const [, expected] = examples[kind]!(7);
    expect([...drawn(7)].sort((a, b) => a - b)).toEqual(expected);
  });

  test("a single item is the only one ever drawn", () => {
    expect([...drawn(1)]).toEqual(examples[kind]!(1)[1]);
  });

  test("it says beforehand which key is the largest", () => {
    const [written, expected] = examples[kind]!(7);
    expect(extent(keysSchema.parse(written) as never)).toBe(expected.at(-1)! + 1);
    expect(keysOf(7).items).toBe(expected.at(-1)! + 1);
  });

  test("the same stream draws the same keys", () => {
    const run = () => {
      const keys = keysOf(1000, "again");
      return Array.from({ length: 200 }, () => keys.draw());
    };
    expect(run()).toEqual(run());
  });

  test("no items, or half an item, is refused", () => {
    expect(keysSchema.safeParse(examples[kind]!(0)[0]).success).toBe(false);
    if (kind !== "empirical") expect(keysSchema.safeParse(examples[kind]!(1.5)[0]).success).toBe(false);
  });
}); // prettier-ignore

function range(length: number): number[] {
  return Array.from({ length: Math.ceil(length) }, (_, index) => index);
}
