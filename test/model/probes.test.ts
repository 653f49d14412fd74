/** Health checks that are calls, in platforms whose every instant can be worked out. */
import { describe, expect, test } from "vitest";
import { needsEvents, simulate } from "../../src/experiment/replication.ts";
import { OK, REFUSED, TIMED_OUT } from "../../src/model/outcomes.ts";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/**
 * One slot, a second a request. Thirty requests from 20.5 to 35 s, two a second, keep it at work
 * until 50.5 s and longer; from 42 s on there is one every other second, the last at 68 s. Probes are
 * ten seconds apart, the first 0.618 intervals after the instance is watched.
 */
const shop = (to: string, check: string) => `
title: A rush
run: { duration: 69 s }
workloads:
  shoppers:
    to: ${to}
    mix: { browse: { share: 100 % } }
    arrivals:
      kind: deterministic
      rate:
        kind: profile
        interpolation: step
        points: [[0 s, 0 rps], [20 s, 2 rps], [35 s, 0 rps], [40 s, 0.5 rps]]
parts:
  edge: { kind: load-balancer, to: web, health-check: ${to === "edge" ? check : "none"} }
  web:
    kind: service
    slots: 1
    health-check: ${check}
    operations: { browse: [{ work: 1 s }], health: [{ work: 100 ms }] }
`;

function load(text: string) {
  return loadScenario({ file: "shop.yaml", text, readFile: () => "", set: [], variant: null });
}

function played(to: string, probe: string) {
  const check = `{ interval: 10 s, timeout: 3 s, fall: 2, rise: 1, ${probe} }`;
  const loaded = load(shop(to, check));
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  const { classes, parts, journal } = simulate(loaded.scenario, 0);
  const { generated, succeeded, failed } = classes[0]!.all;
  const { arrived, resolved } = parts.find(({ name }) => name === "web")!.snapshots.at(-1)!;
  return {
    events: needsEvents(loaded.scenario).length > 0,
    verdicts: journal.map(({ at, what, reason }) => `${Math.floor(at / 1e6)} ${what}: ${reason}`),
    requests: { generated, succeeded, refused: failed[REFUSED] },
    calls: { arrived, ok: resolved[OK], timedOut: resolved[TIMED_OUT] },
  };
}

describe("an instance that has more to do than it can", () => {
  test("is up for probes that only connect", () => {
    expect(played("edge", "probe: connection")).toEqual({
      events: false,
      verdicts: [],
      requests: { generated: 44, succeeded: 44, refused: 0 },
      calls: { arrived: 44, ok: 44, timedOut: 0 },
    });
  });

  test("is taken for dead by probes that wait in its queue, and believed in when it has caught up", () => {
    // Sent at 26.18 it has six seconds of work before it, at 36.18 fourteen, at 46.18 four, then none.
    expect(played("edge", "probe: request, operation: health")).toEqual({
      events: true,
      verdicts: [
        "39180 marked down: 2 probes in a row: timed-out; 0 of 1 backends are up",
        "56280 marked up: 1 probes in a row: answered; 1 of 1 backends are up",
      ],
      // Eight come between, at 42, 44, … 56 s, and never get to the part.
      requests: { generated: 44, succeeded: 36, refused: 8 },
      calls: { arrived: 36 + 7, ok: 36 + 4, timedOut: 3 },
    });
  });

  test("so it is where a part checks its own instances", () => {
    // Who calls first, at 20.5 s, begins to watch: probes at 26.68, 36.68, … 66.68 s.
    const { verdicts, requests, calls } = played("web", "probe: request, operation: health");
    expect(verdicts.map((each) => each.split(":")[0])).toEqual([
      "39680 marked down",
      "56780 marked up",
    ]);
    expect(requests).toEqual({ generated: 44, succeeded: 36, refused: 8 });
    // Here those who are refused have called the part itself.
    expect(calls).toEqual({ arrived: 44 + 5, ok: 36 + 2, timedOut: 3 });
  });
});

describe("a probe that is a request", () => {
  const edge = {
    kind: "load-balancer",
    to: "web",
    "health-check": { interval: "10 s", probe: "request", fall: 1 },
  };

  test("has a turn of its own where classes take turns", () => {
    const web = { kind: "service", slots: 1, work: "1 s", queue: { discipline: "fair" } };
    const play = new Rehearsal({ edge, web });
    for (const at of [6, 6.05, 6.1, 6.3]) play.ask(at, "edge");
    play.run(12);
    // The probe came at 6.18 s, before the last.
    expect(play.endings).toEqual(["7 a ok", "8 b ok", "9 c ok", "11 d ok"]);
  });

  const links = { "same-zone": { latency: "100 ms" }, internet: { latency: "50 s" } };
  const web = { kind: "service", slots: 1, operations: { browse: [{ call: "db.read" }] } };
  const db = { kind: "service", slots: 1, operations: { read: [{ work: "300 ms" }] } };

  test("comes from inside, not from where users are", () => {
    const play = new Rehearsal({ edge, web, db }, { links });
    play.run(60);
    // Four ways of 100 ms and 300 ms of work are less than its second.
    expect(play.noted("health")).toEqual([]);
    expect(play.counts("web")).toEqual({ arrived: 6, ok: 6 });
    expect(play.counts("db")).toEqual({ arrived: 6, ok: 6 });
  });

  test("is no request, even when its instance dies while it waits for an answer", () => {
    const crash = { kind: "crash", of: "web", at: "6.5 s" };
    const play = new Rehearsal({ edge, web, db }, { links, faults: [crash] });
    for (const at of [6.2, 6.4, 6.55, 6.7])
      play.at(at, () => expect(play.world.exchange.audit().requests).toBe(0));
    play.run(7);
    expect(play.counts("web")).toEqual({ arrived: 1, lost: 1 });
    expect(play.reasons("health").map((each) => each.split(";")[0]!.split(": ").slice(1))).toEqual([
      ["1 probes in a row", "lost"],
    ]);
    expect(play.live).toBe(0);
  });
});

test("probes that cannot be meant are told at their places", () => {
  const said = (check: string, to = "web") => {
    const loaded = load(`
title: Mistakes
run: { duration: 20 s }
workloads: { shoppers: { to: web, mix: { browse: { share: 100 % } }, arrivals: { rate: 1 rps } } }
parts:
  edge: { kind: load-balancer, to: ${to}, health-check: ${check} }
  web: { kind: service, slots: 1, operations: { browse: [{ work: 1 s }], health: [] } }
  kept: { kind: cache, behind: web.browse, hit-ratio: 50 %, lookup: 1 ms }
`);
    return loaded.ok ? [] : sorted(loaded.issues).map((issue) => sentence(issue));
  };
  expect(said("{ probe: request, operation: health }")).toEqual([]);
  expect(said("{ operation: health }")).toEqual([
    "parts.edge.health-check.operation: a connection asks for nothing; expected `probe: request`",
  ]);
  expect(said("{ probe: request }")).toEqual([
    "parts.edge.health-check: web needs to be told which operation; expected web.browse, web.health",
  ]);
  expect(said("{ probe: request, operation: helth }")).toEqual([
    'parts.edge.health-check.operation: part web has no operation "helth"; it has browse, health; did you mean "health"?',
  ]);
  expect(said("{ probe: request }", "kept")).toEqual([
    "parts.edge.health-check.probe: kept has no slots in which an instance could serve a probe",
  ]);
});
