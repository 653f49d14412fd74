/** A zone falls silent, and comes back. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";
import { threeZones, web } from "../../support/web.ts";

describe("a zone outage", () => {
  const outage = (more: object = {}): object => ({
    kind: "zone-outage",
    zone: "b",
    at: "3 s",
    for: "20 s",
    ...more,
  });

  test("is silent: only timeouts tell; then its instances start again, all at the same time", () => {
    const play = new Rehearsal(web(threeZones), { faults: [outage()] });
    for (const at of [0, 1, 2]) play.ask(at, "web"); // b is in the zone
    for (const at of [4, 4, 4]) play.ask(at, "web", { timeout: "9 s" }); // so is e
    play.run(60);
    expect(play.endings).toEqual([
      "10 a ok",
      "12 c ok",
      "13 d timed-out",
      "13 e timed-out",
      "13 f timed-out",
      "23 b lost",
    ]);
    expect(play.noted("fleet")).toEqual(["33 web-2 ready"]);
    expect(play.live).toBe(0);
  });

  test("hits every fleet that has instances there", () => {
    const store = { kind: "service", slots: 1, work: "1 s", fleet: { zones: ["b"] } };
    const play = new Rehearsal({ ...web(threeZones), store }, { faults: [outage()] });
    play.run(5);
    expect([play.states("web"), play.states("store")]).toEqual([
      ["ready", "crashed", "ready"],
      ["crashed"],
    ]);
    expect(play.reasons("fate")).toEqual(["3: zone b out; 2 instances fall silent"]);
  });

  test("overlapped by another ends when the last of them does", () => {
    const play = new Rehearsal(web(threeZones), {
      faults: [outage(), outage({ at: "13 s", for: "30 s" })],
    });
    const seen: string[] = [];
    for (const at of [12, 24, 42, 54]) play.at(at, () => seen.push(play.states("web")[1]!));
    play.run(60);
    expect(seen).toEqual(["crashed", "crashed", "crashed", "ready"]);
    expect(play.noted("fleet")).toEqual(["53 web-2 ready"]);
  });

  test("keeps an instance down whose own repair is done", () => {
    const fault = { kind: "crash", of: "web", at: "1 s", repair: "9 s", instances: "all" };
    const play = new Rehearsal(web(threeZones), { faults: [fault, outage()] });
    play.run(60);
    expect(play.noted("fleet")).toEqual(["20 web-1 ready", "20 web-3 ready", "33 web-2 ready"]);
  });

  test("kills an instance that was on its way up, which begins again afterwards", () => {
    const play = new Rehearsal(web({ instances: 1, zones: ["a", "b"] }), { faults: [outage()] });
    play.at(1, () => play.fleet("web").scaleTo(2, "more")); // would be ready at 16
    play.ask(40, "web");
    play.ask(40, "web");
    play.run(60);
    expect(play.noted("fleet")).toEqual(["1 web-2 launch", "33 web-2 ready"]);
    expect(play.endings).toEqual(["50 a ok", "50 b ok"]);
  });
});

test("a fleet that replaces launches elsewhere what has been silent for too long", () => {
  const play = new Rehearsal(web({ ...threeZones, "replace-after": "20 s" }), {
    faults: [{ kind: "zone-outage", zone: "b", at: "10 s", for: "100 s" }],
  });
  play.run(200);
  // Given up at 30; a machine in another zone takes 5 + 10 s. The zone is back at 110 with nobody in it.
  expect(play.noted("fleet")).toEqual(["30 web-4 launch", "45 web-4 ready"]);
  expect(play.states("web")).toEqual(["ready", "gone", "ready", "ready"]);
  expect(play.fleet("web").instances[3]!.zone).toBe("a");
});

test("an outage shorter than that replaces nobody", () => {
  const play = new Rehearsal(web({ ...threeZones, "replace-after": "20 s" }), {
    faults: [{ kind: "zone-outage", zone: "b", at: "10 s", for: "15 s" }],
  });
  play.run(200);
  expect(play.noted("fleet")).toEqual(["35 web-2 ready"]);
});

test("a region goes out with all its zones", () => {
  const play = new Rehearsal(web(threeZones), {
    links: { regions: { west: ["a", "c"] } },
    faults: [{ kind: "zone-outage", region: "west", at: "10 s", for: "15 s" }],
  });
  play.run(11);
  expect(play.states("web")).toEqual(["crashed", "ready", "crashed"]);
});
