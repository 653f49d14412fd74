/** The door of a part: guards in a row, calls that wait at it, and calls that give up meanwhile. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

const web = (guards: object[], more: object = {}) => ({
  web: { kind: "service", slots: 10, work: "1 s", guards, ...more },
});

describe("a waiting room", () => {
  const room = (more: object = {}) => [{ kind: "waiting-room", rate: "1 rps", ...more }];

  test("lets calls in one by one, in the order they came", () => {
    const play = new Rehearsal(web(room()));
    for (const at of [0, 0, 0.5, 1.2]) play.ask(at, "web");
    play.run(60);
    // In at 0, 1, 2, 3 s, and a second of work.
    expect(play.endings).toEqual(["1 a ok", "2 b ok", "3 c ok", "4 d ok"]);
  });

  test("keeps its pace for those who come when the line has just emptied", () => {
    const play = new Rehearsal(web(room()));
    for (const at of [0, 0.1, 1.2, 1.3]) play.ask(at, "web");
    play.run(60);
    expect(play.endings).toEqual(["1 a ok", "2 b ok", "3 c ok", "4 d ok"]);
  });

  test("turns away whoever would wait too long", () => {
    const play = new Rehearsal(web(room({ "max-wait": "2 s" })));
    for (let call = 0; call < 5; call++) play.ask(0, "web");
    play.run(60);
    expect(play.endings).toEqual(["0 d rejected", "0 e rejected", "1 a ok", "2 b ok", "3 c ok"]);
  });

  test("passes by those who have left, without wasting their turn", () => {
    const play = new Rehearsal(web(room()));
    play.ask(0, "web");
    play.ask(0, "web", { timeout: "500 ms" });
    play.ask(0, "web", { timeout: "700 ms" });
    play.ask(0, "web");
    play.run(60);
    expect(play.endings).toEqual(["0.5 b timed-out", "0.7 c timed-out", "1 a ok", "2 d ok"]);
    expect(play.live).toBe(0);
  });

  test("stands empty when all have left, and works on for the next", () => {
    const play = new Rehearsal(web(room()));
    play.ask(0, "web");
    play.ask(0, "web", { timeout: "500 ms" });
    for (const at of [3, 3]) play.ask(at, "web");
    play.run(60);
    expect(play.endings.slice(2)).toEqual(["4 c ok", "5 d ok"]);
  });
});

describe("guards in a row", () => {
  test("a call must pass them all; who turned it away is told", () => {
    const limits = [
      { kind: "bulkhead", limit: 3 },
      { kind: "bulkhead", limit: 2 },
    ];
    const play = new Rehearsal(web(limits));
    for (let call = 0; call < 4; call++) play.ask(0, "web");
    play.ask(0.5, "web");
    play.ask(1.5, "web");
    play.run(60);
    // The third is turned away by the inner one and gives its place at the outer one back.
    const door = play.world.exchange.doorOf(play.part("web").number)!;
    expect(door.counts().map(({ admitted, rejected }) => [admitted, rejected])).toEqual([
      [6, 0],
      [3, 3],
    ]);
    expect(play.counts("web")).toEqual({ arrived: 6, ok: 3, rejected: 3 });
  });

  test("a wait at the first comes before the question of the second", () => {
    const play = new Rehearsal(
      web([{ kind: "sentinel-queueing", rate: "2 rps" }, { kind: "bulkhead", limit: 1 }]), // prettier-ignore
    );
    play.ask(0, "web");
    play.ask(0, "web");
    play.run(60);
    expect(play.endings).toEqual(["0.5 b rejected", "1 a ok"]);
  });

  test("what it holds back ends when its caller has gone, and nobody serves it", () => {
    const guards = [{ kind: "bulkhead", limit: 2 }, { kind: "nginx-limit-req", rate: "1 rps", burst: 5 }]; // prettier-ignore
    const play = new Rehearsal(web(guards));
    play.ask(0, "web");
    play.ask(0, "web", { timeout: "500 ms" });
    play.ask(0.9, "web");
    play.ask(1.1, "web");
    play.run(60);
    // b keeps its place in the bulkhead until its turn at 1 s: c finds it full, d does not.
    expect(play.endings).toEqual(["0.5 b timed-out", "0.9 c rejected", "1 a ok", "3 d ok"]);
    expect(play.live).toBe(0);
  });
});

describe("one for each", () => {
  test("key: nginx's zone limits each item for itself", () => {
    const play = new Rehearsal(web([{ kind: "nginx-limit-req", rate: "1 rps", per: "key" }]));
    for (const [at, key] of [[0, 1], [0, 2], [0.5, 1], [0.5, 2], [1, 1]] as const) play.ask(at, "web", { key }); // prettier-ignore
    play.run(60);
    expect(play.endings).toEqual(["0.5 c rejected", "0.5 d rejected", "1 a ok", "1 b ok", "2 e ok"]); // prettier-ignore
  });

  test("instance: each has a bulkhead of its own, and the router hears of those turned away", () => {
    const fleet = { instances: 2 };
    const play = new Rehearsal(
      web([{ kind: "bulkhead", limit: 1, per: "instance" }], { fleet, balancer: "least-connections" }), // prettier-ignore
    );
    for (let call = 0; call < 4; call++) play.ask(0, "web");
    for (let call = 0; call < 2; call++) play.ask(2, "web");
    play.run(60);
    expect(play.counts("web")).toEqual({ arrived: 6, ok: 4, rejected: 2 });
  });
});

describe("degradation", () => {
  const shop = {
    web: {
      kind: "service",
      slots: 10,
      operations: { page: [{ work: "2 s" }], plain: [{ work: "1 s" }] },
      guards: [{ kind: "degradation", above: 1, serve: "plain" }],
    },
  };

  test("serves the cheaper operation while the part is full", () => {
    const play = new Rehearsal(shop);
    for (const at of [0, 0, 0, 5]) play.ask(at, "web.page");
    play.run(60);
    expect(play.endings).toEqual(["1 b ok", "1 c ok", "2 a ok", "7 d ok"]);
    expect(play.world.exchange.doorOf(play.part("web").number)!.counts()).toEqual([
      { admitted: 4, rejected: 0, delayed: 0, degraded: 2 },
    ]);
  });

  test("a retry asks for what was wanted, not for what was served", () => {
    const play = new Rehearsal(shop);
    play.ask(0, "web.page");
    const retry = { attempts: 2, backoff: { kind: "constant", delay: "5 s" } };
    play.ask(0, "web.page", { timeout: "500 ms", retry });
    play.run(60);
    expect(play.endings).toEqual(["2 a ok", "6 b timed-out"]);
    // The second attempt, at 5.5 s, took 2 s although its caller had gone at 6.
    const { servedSum } = play.part("web").read();
    expect(servedSum / 1e9).toBe(2 + 1 + 2);
  });
});

describe("a crash", () => {
  test("gives the places at the door back, and leaves those who wait before it", () => {
    const guards = [{ kind: "bulkhead", limit: 2 }, { kind: "sentinel-queueing", rate: "1 rps", "max-wait": "5 s" }]; // prettier-ignore
    const faults = [{ kind: "crash", of: "web", at: "500 ms", repair: "200 ms" }];
    const play = new Rehearsal(
      web(guards, { "health-check": "none", fleet: { "start-up": "0 s" } }),
      { faults },
    );
    for (const at of [0, 0, 0.6]) play.ask(at, "web");
    play.run(60);
    expect(play.endings).toEqual(["0.5 a lost", "2 b ok", "3 c ok"]);
  });

  test("gives them back for a call that waits for others, which is forsaken", () => {
    const parts = {
      web: {
        kind: "service",
        slots: 10,
        operations: { page: [{ call: "store" }] },
        guards: [{ kind: "bulkhead", limit: 1 }],
        "health-check": "none",
        fleet: { "start-up": "0 s" },
      },
      store: { kind: "service", slots: 10, work: "3 s" },
    };
    const faults = [{ kind: "crash", of: "web", at: "500 ms", repair: "200 ms" }];
    const play = new Rehearsal(parts, { faults });
    for (const at of [0, 1]) play.ask(at, "web.page");
    play.run(60);
    expect(play.endings).toEqual(["0.5 a lost", "4 b ok"]);
    expect(play.live).toBe(0);
  });
});
