/** nginx's ngx_http_file_cache_lock and …_lock_wait (ngx_http_file_cache.c), worked by hand. */
import { expect, test } from "vitest";
import { counted, memory, reads } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const storeOf = (work: string) => ({ kind: "service", slots: 100, work });
const lock = (more: object = {}) => ({ coalesce: { kind: "cache-lock", ...more } });

test("a waiting call looks every half second, so it may be late by as much", () => {
  const play = new Rehearsal(memory(lock(), {}, storeOf("1.2 s")));
  for (const at of [0, 0.1, 0.3]) play.ask(at, "memory.get", { key: 7 });
  play.run(20);
  // The item is there at 1.2; b looks at 0.6, 1.1, 1.6 and c at 0.8, 1.3.
  expect(play.endings).toEqual(["1.2 a ok", "1.3 c ok", "1.6 b ok"]);
  expect(reads(play)).toBe(1);
  expect(counted(play)).toEqual({ hits: 0, misses: 1, coalesced: 2, evictions: 0 });
  expect(play.live).toBe(0);
});

test("a fetch older than the lock's age lets one more call fetch, and that one keeps the item", () => {
  const play = new Rehearsal(memory(lock(), {}, storeOf("20 s")));
  for (const at of [0, 1, 2.2]) play.ask(at, "memory.get", { key: 7 });
  play.run(60);
  // b looks at 5, when the lock is over, and locks anew until 10. c sees that at 5 as well; at 7.5 it
  // finds that it has waited for 5 s, and fetches by itself.
  expect(play.endings).toEqual(["20 a ok", "25 b ok", "27.5 c ok"]);
  expect(reads(play)).toBe(3);
});

test("what a call fetched that had waited too long is not kept", () => {
  const parts = memory({ ...lock({ timeout: "1 s", age: "60 s" }), ttl: "1 s" });
  const play = new Rehearsal(parts);
  play.ask(0, "memory.get", { key: 7 }); // kept at 2, fresh until 3
  play.ask(0.5, "memory.get", { key: 7 }); // looks at 1 and 1.5, then fetches until 3.5
  play.ask(3.6, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["2 a ok", "3.5 b ok", "5.6 c ok"]);
});

test("when a fetch fails, the first to look afterwards fetches", () => {
  const play = new Rehearsal(memory({ ...lock(), timeout: "1 s" }));
  for (const at of [0, 0.2]) play.ask(at, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["1 a timed-out", "2.2 b timed-out"]);
  expect(play.live).toBe(0);
});

test("a fetch that fails after its lock is over leaves the lock of the next alone", () => {
  const play = new Rehearsal(memory({ ...lock(), timeout: "6 s" }, {}, storeOf("20 s")));
  for (const at of [0, 5.2, 5.5]) play.ask(at, "memory.get", { key: 7 });
  play.run(30);
  // a locks until 5 and fails at 6. b locks from 5.2 to 10.2 and fails at 11.2. c looks each half
  // second, also at 6.5 after the failure of a, and at 10.2, when it locks and fetches.
  expect(play.endings).toEqual(["6 a timed-out", "11.2 b timed-out", "16.2 c timed-out"]);
});

test("an item that has expired is not locked, unless stale answers are allowed", () => {
  const asked = (more: object) => {
    const play = new Rehearsal(memory({ ...lock(), ttl: "10 s", ...more }));
    for (const at of [0, 13, 13.1, 13.2]) play.ask(at, "memory.get", { key: 7 });
    play.run(30);
    return play;
  };
  const locked = asked({});
  expect(locked.endings).toEqual(["2 a ok", "15 b ok", "15.1 c ok", "15.2 d ok"]);
  expect(reads(locked)).toBe(4);
  const stale = asked({ "stale-while-revalidate": "5 s" });
  expect(stale.endings).toEqual(["2 a ok", "13 b ok", "13.1 c ok", "13.2 d ok"]);
  expect(reads(stale)).toBe(2);
});
