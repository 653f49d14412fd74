/** Links: calls and answers that take time to travel, are lost, or queue for a narrow pipe. */
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";

import { checkScenarioFile } from "../../src/scenario/load.ts";
import { Rehearsal } from "../support/rehearsal.ts";

const one = { "health-check": "none", slots: 10, kind: "service" };
const fleet = (...zones: string[]) => ({ zones, instances: zones.length, "start-up": "0 s" });
const web = { web: { ...one, work: "1 s" } };

test("a call arrives later by the latency of its way, and so does its answer", () => {
  const play = new Rehearsal(web, { links: { internet: { latency: "250 ms" } } });
  play.ask(0, "web");
  play.run(10);
  expect(play.endings).toEqual(["1.5 a ok"]);
});

test("a refusal travels back too", () => {
  const desk = { web: { ...one, slots: 1, queue: { limit: 0 }, work: "1 s" } };
  const play = new Rehearsal(desk, { links: { internet: { latency: "250 ms" } } });
  play.ask(0, "web");
  play.ask(0, "web");
  play.run(10);
  expect(play.endings).toEqual(["0.5 b dropped", "1.5 a ok"]);
});

test("each way costs what lies between its ends: internet, zone, zones, regions", () => {
  const links = {
    internet: { latency: "1 s" },
    "same-zone": { latency: "10 ms" },
    "cross-zone": { latency: "100 ms" },
    "cross-region": { latency: "400 ms" },
    regions: { north: ["a", "b"], south: ["c"] },
  };
  const shop = {
    edge: { kind: "load-balancer", to: "web", "health-check": "none" },
    web: { ...one, fleet: fleet("a"), operations: { near: [{ call: "near" }], next: [{ call: "next" }], far: [{ call: "far" }] } }, // prettier-ignore
    near: { ...one, fleet: fleet("a"), work: "0 s" },
    next: { ...one, fleet: fleet("b"), work: "0 s" },
    far: { ...one, fleet: fleet("c"), work: "0 s" },
  };
  const play = new Rehearsal(shop, { links });
  for (const operation of ["near", "next", "far"]) play.ask(0, `edge.${operation}`);
  play.run(10);
  // Two seconds to the edge and back, 20 ms to web and back, and the last way twice.
  expect(play.endings).toEqual(["2.04 a ok", "2.22 b ok", "2.82 c ok"]);
});

test("connecting takes round trips before the call is sent", () => {
  const links = { internet: { latency: "100 ms", "round-trips": 2 } };
  const play = new Rehearsal(web, { links });
  play.ask(0, "web");
  play.run(10);
  expect(play.endings).toEqual(["1.6 a ok"]); // 4 · 100 ms, there 100 ms, 1 s, back 100 ms
});

test("messages queue for the bandwidth between two places, each way for itself", () => {
  const links = { internet: { bandwidth: "1 kB" }, request: "1 kB", answer: "500 B" };
  const play = new Rehearsal(web, { links });
  for (let call = 0; call < 3; call++) play.ask(0, "web");
  play.run(10);
  // There at 1, 2, 3 s; served at 2, 3, 4 s; back half a second later.
  expect(play.endings).toEqual(["2.5 a ok", "3.5 b ok", "4.5 c ok"]);
});

describe("loss", () => {
  const lossy = { internet: { latency: "1 ms", loss: "100 %" } };

  test("shows as a time-out, and nobody serves the call", () => {
    const play = new Rehearsal(web, { links: lossy });
    play.ask(0, "web", { timeout: "3 s" });
    play.run(10);
    expect(play.endings).toEqual(["3 a timed-out"]);
    expect(play.part("web").read().servedCount).toBe(0);
    expect(play.live).toBe(0);
  });

  test("without a time-out the caller waits for ever", () => {
    const play = new Rehearsal(web, { links: lossy });
    play.ask(0, "web");
    play.run(1000);
    expect(play.endings).toEqual([]);
    expect(play.live).toBe(1);
  });

  test("takes calls or answers: with a tenth each way 81 % come back", () => {
    const play = new Rehearsal(
      { web: { ...one, slots: 1000, work: "10 ms" } },
      { links: { internet: { loss: "10 %" } } },
    );
    for (let call = 0; call < 10_000; call++) play.ask(call / 100, "web", { timeout: "1 s" });
    play.run(200);
    const { ok } = play.counts("web");
    // Five standard deviations of a binomial of 10,000 at 0.81 are 196.
    expect(Math.abs(ok! - 8100)).toBeLessThan(196);
    const { servedCount } = play.part("web").read();
    expect(Math.abs(servedCount - 9000)).toBeLessThan(150);
    expect(play.live).toBe(0);
  });
});

test("a crash does not touch what is on its way", () => {
  const links = { internet: { latency: "2 s" } };
  const faults = [{ kind: "crash", of: "web", at: "3500 ms", repair: "100 ms" }];
  const play = new Rehearsal(
    { web: { ...one, work: "1 s", fleet: fleet("a") } },
    { links, faults },
  );
  for (const at of [0, 1, 1.8]) play.ask(at, "web");
  play.run(20);
  // a is served at 3 s and its answer is out; b is at work; c arrives at 3.8 s.
  expect(play.endings).toEqual(["5 a ok", "5.5 b lost", "6.8 c ok"]);
  expect(play.live).toBe(0);
});

test("without links calls arrive at once", () => {
  const play = new Rehearsal(web);
  play.ask(0, "web");
  play.run(10);
  expect(play.endings).toEqual(["1 a ok"]);
});

test("a class tells the bytes of its requests and answers; calls made for them keep those of the links", async () => {
  const result = await run({
    title: "Pages and pictures",
    run: { duration: "20 s", window: "20 s" },
    workloads: {
      shoppers: {
        to: "web",
        arrivals: { kind: "deterministic", rate: "0.1 rps" },
        mix: { upload: { share: "100 %", "request-bytes": "3 kB", "answer-bytes": "500 B" } },
      },
    },
    links: {
      internet: { bandwidth: "1 kB" },
      "same-zone": { bandwidth: "10 kB" },
      request: "1 kB",
      answer: "2 kB",
    },
    parts: {
      web: { ...one, operations: { upload: [{ call: "store.read" }] } },
      store: { ...one, kind: "database", read: "1 s" },
    },
  });
  // There 3 s, 0.1 s to the store, 1 s, 0.2 s back from it, and back 0.5 s.
  expect(result.total.latency.max).toBeCloseTo(4.8, 9);
});

test("sizes of a class that take no time are warned of", async () => {
  const { warnings } = await run({
    title: "Pictures",
    run: { duration: "1 s" },
    workloads: {
      shoppers: {
        to: "web",
        arrivals: { rate: "1 rps" },
        mix: { upload: { share: "100 %", "request-bytes": "3 kB" } },
      },
    },
    links: { "same-zone": { bandwidth: "10 kB" } },
    parts: web,
  });
  expect(warnings.join()).toContain("class upload tells request-bytes, which take no time");
});

test("the end of a call whose instance died is told over the link, though its own calls are out", () => {
  const shop = {
    web: { ...one, operations: { default: [{ call: "store" }] }, fleet: fleet("a") },
    store: { ...one, work: "10 s" },
  };
  const links = { internet: { latency: "250 ms" } };
  const faults = [{ kind: "crash", of: "web", at: "1 s" }];
  for (const [timeout, ending] of [
    ["5 s", "1.25 a lost"],
    ["1.1 s", "1.1 a timed-out"], // before it hears of it
  ] as const) {
    const play = new Rehearsal(shop, { links, faults });
    play.ask(0, "web", { timeout });
    play.run(30);
    expect(play.endings).toEqual([ending]);
    expect(play.live).toBe(0);
  }
});

test("zones of regions stand somewhere, and in one region", () => {
  const text = (north: string, south: string) => `
title: regions
run: { duration: 1 s }
workloads: { shoppers: { to: web, arrivals: { kind: poisson, rate: 1 rps } } }
links: { regions: { north: ${north}, south: ${south} } }
parts:
  web: { kind: service, slots: 1, work: 1 ms, fleet: { instances: 3, zones: [a, b, c] } }
`;
  const issues = (north: string, south: string) => {
    const readFile = (): string => "";
    const file = { file: "night.yaml", text: text(north, south), readFile, set: [], variant: null };
    const checked = checkScenarioFile(file);
    return checked.ok ? [] : checked.issues.map(({ message }) => message);
  };
  expect(issues("[a, b]", "[c]")).toEqual([]);
  expect(issues("[a, b]", "[d]").join()).toContain('there is no zone "d"');
  expect(issues("[a, b]", "[b, c]")).toEqual(["zone b is in north already"]);
});
