/** Instances come and go: who is launched where, who leaves first, and what a leaver does to its calls. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";
import { threeZones, web } from "../support/web.ts";

describe("scaling out", () => {
  test("takes provisioning and start-up before the first call", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    const seen: string[][] = [];
    for (const at of [0, 2, 7, 17]) play.at(at, () => seen.push(play.states("web")));
    play.run(20);
    expect(seen).toEqual([
      ["ready"],
      ["ready", "provisioning"],
      ["ready", "starting"],
      ["ready", "ready"],
    ]);
    expect(play.noted("scaling", "fleet")).toEqual([
      "1 web scale out",
      "1 web-2 launch",
      "16 web-2 ready",
    ]);
  });

  test("spreads instances over the zones, the emptiest first and then as listed", () => {
    const play = new Rehearsal(web({ instances: 5, zones: ["a", "b", "c"] }));
    const where = () => play.fleet("web").instances.map(({ zone }) => zone);
    expect(where()).toEqual(["a", "b", "c", "a", "b"]);
    play.fleet("web").scaleTo(7, "more");
    expect(where()).toEqual(["a", "b", "c", "a", "b", "c", "a"]);
  });

  test("leaves out a zone that is out, and waits when all are", () => {
    const outage = (zone: string) => ({ kind: "zone-outage", zone, at: "1 s", for: "60 s" });
    const play = new Rehearsal(web({ instances: 2, zones: ["a", "b"] }), {
      faults: [outage("b")],
    });
    play.at(2, () => play.fleet("web").scaleTo(4, "more"));
    play.run(3);
    expect(play.fleet("web").instances.map(({ zone }) => zone)).toEqual(["a", "b", "a", "a"]);

    const dark = new Rehearsal(web({ instances: 2, zones: ["a", "b"] }), {
      faults: [outage("a"), outage("b")],
    });
    dark.at(2, () => dark.fleet("web").scaleTo(4, "more"));
    dark.run(3);
    expect(dark.states("web")).toEqual(["crashed", "crashed"]);
    dark.run(100);
    expect(dark.states("web")).toEqual(["ready", "ready", "ready", "ready"]);
  });

  test("counts instance-time by state, and all of it", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(20);
    const fleet = play.fleet("web");
    fleet.settle();
    const [provisioning, starting, ready] = [...fleet.stateTime].map((time) => time / SECOND);
    expect({ provisioning, starting, ready }).toEqual({
      provisioning: 5,
      starting: 10,
      ready: 20 + 4,
    });
  });
});

describe("scaling in", () => {
  test("takes what is not ready yet first, then the youngest", () => {
    const play = new Rehearsal(web({ instances: 3 }));
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    play.at(2, () => play.fleet("web").scaleTo(2, "less"));
    play.run(3);
    expect(play.states("web")).toEqual(["ready", "ready", "gone", "gone"]);
  });

  test("lets a draining instance finish what it has, and sends it nothing new", () => {
    const play = new Rehearsal(web({ instances: 2, "drain-timeout": "60 s" }));
    for (const at of [0, 0, 2, 2]) play.ask(at, "web"); // a on 1, b on 2, c on 1, d on 2
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(12);
    expect(play.states("web")).toEqual(["ready", "gone"]);
    play.run(60);
    expect(play.endings).toEqual(["10 a ok", "10 b ok", "20 c ok", "30 d ok"]);
  });

  test("stops it at the drain-timeout, and its calls are lost", () => {
    const play = new Rehearsal(web({ instances: 2 }));
    for (const at of [0, 0, 0, 0]) play.ask(at, "web");
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(play.endings).toEqual(["5 b lost", "5 d lost", "10 a ok", "20 c ok"]);
    expect(play.live).toBe(0);
  });

  test("ends at once an instance that has nothing to do", () => {
    const play = new Rehearsal(web({ instances: 2 }));
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(1);
    expect(play.states("web")).toEqual(["ready", "gone"]);
  });

  test("out and in again within a start-up leaves no instance behind", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.at(3, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "gone", "gone"]);
  });
});

describe("an instance that dies while it drains", () => {
  const dying = (drainTimeout: string) => {
    const play = new Rehearsal(web({ ...threeZones, "drain-timeout": drainTimeout }), {
      faults: [{ kind: "zone-outage", zone: "c", at: "3 s", for: "20 s" }],
    });
    for (const at of [0, 0, 0]) play.ask(at, "web"); // c is on the third
    play.at(1, () => play.fleet("web").scaleTo(2, "less"));
    return play;
  };

  test("does not count any more, and does not come back with its zone", () => {
    const play = dying("60 s");
    play.run(5);
    expect(play.fleet("web").size).toBe(2);
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "ready", "gone"]);
    expect(play.endings).toEqual(["10 a ok", "10 b ok", "23 c lost"]);
  });

  test("is gone at the drain-timeout at the latest", () => {
    const play = dying("4 s");
    play.run(60);
    expect(play.endings).toEqual(["5 c lost", "10 a ok", "10 b ok"]);
    expect(play.live).toBe(0);
  });

  test("makes no room that a later scaling would have to find", () => {
    const play = dying("60 s");
    play.at(5, () => play.fleet("web").scaleTo(3, "more"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "ready", "gone", "ready"]);
  });
});
