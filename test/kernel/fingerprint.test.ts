import { describe, expect, test } from "vitest";

import { Fingerprint } from "../../src/kernel/fingerprint.ts";
import { Random } from "../../src/kernel/random.ts";

type Happening = [kind: number, a: number, b: number, time1: number, time2: number];

function fingerprintOf(...happenings: Happening[]): string {
  const fingerprint = new Fingerprint();
  for (const happening of happenings) fingerprint.add(...happening);
  return fingerprint.toString();
}

const one: Happening = [1, 2, 3, 4, 5];
const two: Happening = [6, 7, 8, 9, 10];

describe("a fingerprint", () => {
  test("is 16 hexadecimal digits, all 0 before anything has happened", () => {
    expect(fingerprintOf()).toBe("0".repeat(16));
    expect(fingerprintOf(one)).toMatch(/^[0-9a-f]{16}$/);
  });

  test("does not depend on the order of what happened", () => {
    expect(fingerprintOf(one, two, one)).toBe(fingerprintOf(two, one, one));
  });

  test("counts what happened twice", () => {
    const counts = [1, 2, 3, 4].map((count) => fingerprintOf(...Array(count).fill(one)));
    expect(new Set(counts).size).toBe(4);
  });

  test("changes with any one bit of any part", () => {
    const seen = new Set([fingerprintOf(one)]);
    let changes = 1;
    for (const part of [0, 1, 2, 3, 4]) {
      const isTime = part >= 3;
      for (let bit = 0; bit < (isTime ? 53 : 31); bit++) {
        const changed: Happening = [...one];
        const value = BigInt(changed[part]!) ^ (1n << BigInt(bit));
        changed[part] = Number(value);
        seen.add(fingerprintOf(changed));
        changes++;
      }
    }
    expect(seen.size).toBe(changes);
  });

  test("tells parts that changed places", () => {
    const orders: Happening[] = [
      [1, 2, 3, 4, 5],
      [2, 1, 3, 4, 5],
      [1, 3, 2, 4, 5],
      [1, 2, 3, 5, 4],
      [4, 2, 3, 1, 5],
    ];
    expect(new Set(orders.map((order) => fingerprintOf(order))).size).toBe(orders.length);
  });

  test("differs in about half of both lanes' bits after a change of one", () => {
    const random = new Random("avalanche");
    const draw = () => random.below(2 ** 31);
    let [left, right] = [0, 0];
    const trials = 2000;
    for (let i = 0; i < trials; i++) {
      const before: Happening = [draw(), draw(), draw(), draw(), draw()];
      const after: Happening = [...before];
      const part = random.below(5);
      after[part] = (after[part]! ^ (1 << random.below(31))) >>> 0;
      left += differingBits(fingerprintOf(before), fingerprintOf(after), 0);
      right += differingBits(fingerprintOf(before), fingerprintOf(after), 8);
    }
    // Binomial with 32 * 2000 trials at 1/2: deviation 126.5, 3.3 of which are 417.
    expect(Math.abs(left - 16 * trials)).toBeLessThan(417);
    expect(Math.abs(right - 16 * trials)).toBeLessThan(417);
  });

  test("of parts merged is that of the whole", () => {
    const [left, right, whole] = [new Fingerprint(), new Fingerprint(), new Fingerprint()];
    left.add(...one);
    left.addText("scaled up");
    right.add(...two);
    whole.add(...two);
    whole.addText("scaled up");
    whole.add(...one);
    left.merge(right);
    expect(left.toString()).toBe(whole.toString());
  });

  test("tells texts apart", () => {
    const texts = ["", "a", "b", "ab", "ba", "\0", "\0\0", "web: 12 → 24", "web: 12 → 25"];
    const fingerprints = texts.map((text) => {
      const fingerprint = new Fingerprint();
      fingerprint.addText(text);
      return fingerprint.toString();
    });
    expect(new Set(fingerprints).size).toBe(texts.length);
  });

  test("rarely agrees on happenings that are nearly alike", () => {
    const fingerprints = new Set<string>();
    for (let a = 0; a < 200; a++) {
      for (let time = 0; time < 200; time++) {
        fingerprints.add(fingerprintOf([0, a, 0, time * 1_000_000, time * 1_000_000 + a]));
      }
    }
    expect(fingerprints.size).toBe(200 * 200);
  });
});

describe("the mixing, against its formula in whole numbers of any size", () => {
  const random = new Random("mixing");
  const draw = (bits: number) => random.below(2 ** bits);
  const time = () => draw(21) * 2 ** 32 + draw(32);

  test("of happenings: products of pairs of words, stirred and summed modulo 2^32", () => {
    const happenings = Array.from({ length: 50 }, (): Happening => {
      return [random.below(9), draw(31), draw(31), time(), time()];
    });
    let [left, right] = [0n, 0n];
    for (const happening of happenings) {
      const [kind, a, b, time1, time2] = happening.map(BigInt);
      const x = down(word(time1!), 15n);
      const y = down(word(time2!), 15n);
      const who = word(down(kind!, 15n) * 0x1b873593n) ^ word(down(a!, 15n) * 0x27d4eb2fn);
      const u = (time1! >> 32n) ^ who;
      const v = (time2! >> 32n) ^ word(down(b!, 15n) * 0x165667b1n);
      left += stirred(
        (x + 0x1e3779b1n) * (y + 0x05ebca77n) + (u + 0x22b2ae3dn) * (v + 0x2545f491n),
      );
      right += stirred(
        (x + 0x3feb352dn) * (v + 0x046ca68bn) + (u + 0x28e31da5n) * (y + 0x35297a4dn),
      );
    }
    expect(fingerprintOf(...happenings)).toBe(digits(left) + digits(right));
  });

  test("of texts: their length and letters one by one, finished as MurmurHash3 does", () => {
    const texts = ["", "a", "web: 12 → 24"];
    const fingerprint = new Fingerprint();
    for (const text of texts) fingerprint.addText(text);
    const lane = (factor: bigint, turn: bigint) =>
      texts
        .map((text) => {
          const words = [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];
          return finished(
            words.reduce((hash, letter) => {
              const mixed = word((hash ^ BigInt(letter)) * factor);
              return word(mixed << turn) | (mixed >> (32n - turn));
            }, 1n),
          );
        })
        .reduce((sum, hash) => sum + hash);
    const expected = digits(lane(0x1b873593n, 15n)) + digits(lane(0xcc9e2d51n, 13n));
    expect(fingerprint.toString()).toBe(expected);
  });

  const word = (value: bigint) => BigInt.asUintN(32, value);
  /** A word with its upper bits brought down. */
  const down = (value: bigint, by: bigint) => value ^ (value >> by);
  const stirred = (value: bigint) => down(word(down(word(value), 15n) * 0x85ebca6bn), 13n);
  const finished = (value: bigint) =>
    down(word(down(word(down(value, 16n) * 0x85ebca6bn), 13n) * 0xc2b2ae35n), 16n);
  const digits = (sum: bigint) => word(sum).toString(16).padStart(8, "0");
});

function differingBits(one: string, other: string, from: number): number {
  let bits = Number(`0x${one.slice(from, from + 8)}`) ^ Number(`0x${other.slice(from, from + 8)}`);
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count++;
  return count;
}
