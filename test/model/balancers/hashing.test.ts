import { crc32 as published } from "node:zlib";
import { expect, test } from "vitest";
import { crc32, mix } from "../../../src/model/balancers/hashing.ts";
import { Random } from "../../../src/kernel/random.ts";
import { fits } from "../../support/chiSquare.ts";
import { tally } from "../../support/pool.ts";

const bytes = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

test("CRC-32 is that of everybody else, also of two numbers in a row", () => {
  expect(crc32(0)).toBe(0x2144df1c);
  const random = new Random("crc");
  for (let draw = 0; draw < 1000; draw++) {
    const [one, other] = [random.below(2 ** 32), random.below(2 ** 32)];
    expect(crc32(one)).toBe(published(bytes(one)));
    expect(crc32(other, crc32(one))).toBe(published(bytes(one, other)));
  }
});

test("small numbers are spread evenly, and independently for another seed", () => {
  const cells = Array.from(
    { length: 40_000 },
    (_, value) => (mix(value, 0) % 4) * 4 + (mix(value, 1) % 4),
  );
  expect(fits(tally(cells, 16), new Array<number>(16).fill(1 / 16))).toBe(true);
});
