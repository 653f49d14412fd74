/** What all balancers that go by a hash have in common, and what tells them apart. */
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fillTable } from "../../../src/model/balancers/maglev.ts";
import { anyCall, Pool, tally } from "../../support/pool.ts";

const ones = (size: number) => new Array<number>(size).fill(1);
const consistent = ["consistent-hash", "maglev"];

/** Where each key goes, none of them left in flight. */
function homes(pool: Pool, keys: number): number[] {
  return Array.from({ length: keys }, (_, key) => {
    pool.call = { ...anyCall, key, source: key };
    return pool.ask();
  });
}

describe.each(["source-hash", "uri-hash", ...consistent])("%s", (kind) => {
  test("sends the same value to the same backend", () => {
    const pool = new Pool(kind, [1, 2, 3, 1]);
    expect(homes(pool, 500)).toEqual(homes(pool, 500));
  });

  test("spreads calls with nothing to hash in turn", () => {
    const pool = new Pool(kind, ones(3));
    pool.call = anyCall;
    expect(tally(pool.sendAll(300), 3)).toEqual([100, 100, 100]);
  });

  test("finds another backend when told that its choice is of no use", () => {
    const pool = new Pool(kind, ones(5));
    const tries = Array.from({ length: 20 }, (_, redraws) => {
      pool.call = { key: 7, source: 7, zone: null, redraws };
      return pool.ask();
    });
    expect(new Set(tries).size).toBeGreaterThan(1);
  });
});

test("source-hash goes by the client, the others by the key unless told otherwise", () => {
  const visits = (balancer: object) => {
    const pool = new Pool(balancer, ones(8));
    return Array.from({ length: 40 }, (_, key) => {
      pool.call = { ...anyCall, key, source: 5 };
      return pool.ask();
    });
  };
  for (const bySource of [{ kind: "source-hash" }, { kind: "consistent-hash", by: "source" }])
    expect(new Set(visits(bySource)).size).toBe(1);
  for (const byKey of [{ kind: "uri-hash" }, { kind: "maglev" }, { kind: "consistent-hash" }])
    expect(new Set(visits(byKey)).size).toBeGreaterThan(4);
});

describe("a change of membership", () => {
  const KEYS = 20_000;

  test("moves nearly everything under a plain hash", () => {
    const pool = new Pool("uri-hash", ones(10));
    const before = homes(pool, KEYS);
    pool.leave(3);
    const after = homes(pool, KEYS);
    const moved = before.filter((home, key) => home !== after[key]).length;
    // A key stays where it was with probability 1/10: h mod 10 and h mod 9 must mean the same.
    expect(moved / KEYS).toBeGreaterThan(0.85);
  });

  test("moves on the ring only what the leaver had, and only to a joiner", () => {
    const pool = new Pool("consistent-hash", ones(10));
    const before = homes(pool, KEYS);
    pool.leave(3);
    const without = homes(pool, KEYS);
    before.forEach((home, key) => {
      if (home !== 3) expect(without[key]).toBe(home);
    });
    pool.join(3);
    expect(homes(pool, KEYS)).toEqual(before);
  });

  test("moves in a Maglev table little more than the leaver had", () => {
    const pool = new Pool("maglev", ones(10));
    const before = homes(pool, KEYS);
    pool.leave(3);
    const after = homes(pool, KEYS);
    const moved = before.filter((home, key) => home !== 3 && home !== after[key]).length;
    expect(moved / KEYS).toBeLessThan(0.1); // on top of the tenth that must move: "about double"
    expect(after).not.toContain(3);
  });
});

test("the ring has the points that nginx gives it", () => {
  const points: { point: number; id: number }[] = [];
  for (const id of [0, 1, 2, 3]) {
    let point = 0;
    for (let turn = 0; turn < 160; turn++) {
      point = crc32(new Uint8Array(Uint32Array.of(id, point).buffer));
      points.push({ point, id });
    }
  }
  points.sort((one, other) => one.point - other.point);
  const pool = new Pool("consistent-hash", ones(4));
  homes(pool, 2_000).forEach((home, key) => {
    const hash = crc32(new Uint8Array(Uint32Array.of(key).buffer));
    expect(home).toBe((points.find(({ point }) => point >= hash) ?? points[0]!).id);
  });
});

describe("bounded load", () => {
  const bounded = { kind: "consistent-hash", "load-limit": "125 %" };

  test("lets nobody carry more than its share of 125 % of the calls, however hot the key", () => {
    const pool = new Pool(bounded, [1, 2, 1, 1]);
    pool.call = { ...anyCall, key: 11 };
    for (let calls = 1; calls <= 200; calls++) {
      const position = pool.send();
      const slots = Math.ceil(calls * 1.25);
      const share = Math.ceil((slots * pool.weight(position)) / 5);
      expect(pool.inFlight(position)).toBeLessThanOrEqual(Math.max(1, share));
    }
  });

  test("changes nothing while the ring is even enough", () => {
    const free = new Pool("consistent-hash", ones(5));
    expect(homes(new Pool(bounded, ones(5)), 1_000)).toEqual(homes(free, 1_000));
  });
});

describe("Maglev's table", () => {
  // The example of the paper: offset and skip (3, 4), (0, 2), (3, 1), seven places.
  const seekers = (...which: number[]) =>
    [
      { weight: 1, place: 3, skip: 4, earned: 0 },
      { weight: 1, place: 0, skip: 2, earned: 0 },
      { weight: 1, place: 3, skip: 1, earned: 0 },
    ].filter((_, index) => which.includes(index));

  test("is the one of the paper, before and after a backend leaves", () => {
    const table = new Int32Array(7);
    fillTable(table, seekers(0, 1, 2));
    expect([...table]).toEqual([1, 0, 1, 0, 2, 2, 0]);
    fillTable(table, seekers(0, 2)); // 0 is B0, 1 is now B2
    expect([...table]).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  test("gives equal backends places that differ by one at most, and others in proportion", () => {
    const table = new Int32Array(65_537);
    const made = Array.from({ length: 10 }, (_, index) => {
      const weight = index === 0 ? 2 : 1;
      return { weight, place: 6007 * index, skip: 1 + 977 * index, earned: 0 };
    });
    fillTable(table, made);
    const [heavy, ...light] = tally([...table], 10);
    expect(Math.max(...light) - Math.min(...light)).toBeLessThanOrEqual(1);
    expect(Math.abs(heavy! - (2 / 11) * 65_537)).toBeLessThanOrEqual(2);
  });
});
