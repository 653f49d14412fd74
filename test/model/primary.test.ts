/** The primary of a database dies: who takes writes when, and what is lost. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

const fleet = { instances: 3, "start-up": "0 s" };
const database = (primary: object = {}, more: object = {}) => ({
  db: {
    kind: "database",
    slots: 9,
    read: "0 s",
    write: "0 s",
    fleet,
    "health-check": "none",
    primary: { failover: { kind: "lease", heartbeat: "3 s", ttl: "10 s" }, ...primary },
    ...more,
  },
});
const zoned = { ...fleet, zones: ["a", "b", "c"] };
const crash = (more: object = {}) => ({
  kind: "crash",
  of: "db",
  at: "20 s",
  zone: "a",
  ...more,
});
const changes = (play: Rehearsal) => play.noted("health");

describe("a primary", () => {
  test("takes all writes, and its reads in turn", () => {
    const play = new Rehearsal(database({}, { write: "5 s", read: "5 s", slots: 1 }));
    for (let call = 0; call < 3; call++) play.ask(0, "db.write");
    for (let call = 0; call < 3; call++) play.ask(30, "db.read");
    play.run(60);
    // Three writes of 5 s by one instance with one slot; three reads by three.
    expect(play.endings.map((ending) => ending.split(" ")[0])).toEqual([
      "5",
      "10",
      "15",
      "35",
      "35",
      "35",
    ]);
  });

  test("that dies is found out by its lease, and a replica follows", () => {
    const play = new Rehearsal(database({}, { fleet: zoned }), { faults: [crash()] });
    for (const at of [19, 21, 30, 31]) play.ask(at, "db.write");
    play.run(60);
    // Heard at 0 and 3 · 0.618 s; then every 3 s: last at 19.854, so until 29.854, and 2 s.
    expect(changes(play)).toEqual([
      "29.854101966 db-1 primary given up",
      "31.854101966 db-2 promoted",
    ]);
    expect(play.endings).toEqual(["19 a ok", "21 b refused", "30 c refused", "31 d refused"]);
    const later = new Rehearsal(database({}, { fleet: zoned }), { faults: [crash()] });
    later.ask(32, "db.write");
    later.run(60);
    expect(later.endings).toEqual(["32 a ok"]);
  });

  test("that is back before its lease has run out stays the primary", () => {
    const play = new Rehearsal(database({}, { fleet: zoned }), {
      faults: [crash({ repair: "5 s" })],
    });
    for (const at of [24, 26]) play.ask(at, "db.write");
    play.run(100);
    expect(changes(play)).toEqual([]);
    expect(play.endings).toEqual(["24 a refused", "26 b ok"]);
  });

  test("that is back later is a replica", () => {
    const play = new Rehearsal(database({ reads: "replicas" }, { fleet: zoned }), {
      faults: [
        crash({ repair: "30 s" }),
        crash({ at: "60 s", zone: "b" }),
        crash({ at: "60 s", zone: "c" }),
      ],
    });
    play.ask(90, "db.write");
    play.run(200);
    expect(changes(play).map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      "db-1 primary given up",
      "db-2 promoted",
      "db-2 primary given up",
      "db-1 promoted",
    ]);
    expect(play.endings).toEqual(["90 a ok"]);
  });

  test("has no reads where replicas have them, unless there is none", () => {
    const reads = (instances: number) => {
      const play = new Rehearsal(
        database({ reads: "replicas" }, { fleet: { ...fleet, instances }, read: "5 s", slots: 1 }),
      );
      for (let call = 0; call < 4; call++) play.ask(0, "db.read");
      play.run(60);
      return play.endings.map((ending) => Number(ending.split(" ")[0]));
    };
    expect(reads(3)).toEqual([5, 5, 10, 10]);
    expect(reads(1)).toEqual([5, 10, 15, 20]);
  });

  test("of a proxy in front is the same", () => {
    const play = new Rehearsal({
      proxy: { kind: "load-balancer", to: "db", "health-check": "none" },
      ...database({}, { write: "5 s", slots: 1 }),
    });
    for (let call = 0; call < 3; call++) play.ask(0, "proxy.write");
    play.run(60);
    expect(play.endings.map((ending) => ending.split(" ")[0])).toEqual(["5", "10", "15"]);
  });

  test("takes the writes with it that its replicas did not have", () => {
    const play = new Rehearsal(database({ lag: "3 s" }, { fleet: zoned }), { faults: [crash()] });
    for (const at of [10, 17, 17.5, 18, 19]) play.ask(at, "db.write");
    play.run(60);
    // After 17: those of 17.5, 18 and 19.
    expect(play.reasons("health")[1]).toContain("in place of db-1; 3 acknowledged writes are lost");
  });

  test("that is scaled in hands over at once", () => {
    const play = new Rehearsal(database({}, { fleet: { ...fleet, termination: "oldest" } }));
    play.at(10, () => play.fleet("db").scaleTo(2, "less"));
    play.ask(11, "db.write");
    play.run(30);
    expect(changes(play)).toEqual(["10 db-2 promoted"]);
    expect(play.endings).toEqual(["11 a ok"]);
  });

  test("that works slowly is taken for dead", () => {
    const slow = { kind: "slow", of: "db", at: "20 s", for: "60 s", factor: 10, instances: "all" };
    const play = new Rehearsal(database(), { faults: [slow] });
    play.run(60);
    // Its next heartbeat was due at 22.854, the one after that comes 30 s later.
    expect(changes(play)[0]).toBe("32.854101966 db-1 primary given up");
  });
});
