/** Messages that do not arrive, or late: who hears of it, and when, worked out by hand. */
import { expect, test } from "vitest";
import { faults, faultSchema } from "../../../src/model/faults/index.ts";
import { issuesIn } from "../../../src/schema/definition.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const chain = {
  web: { kind: "service", slots: 9, operations: { sell: [{ call: "stock", timeout: "3 s" }] } },
  stock: { kind: "service", slots: 9, work: "1 s" },
};
const night = (fault: object) =>
  new Rehearsal(chain, {
    links: {},
    faults: [{ at: "10 s", for: "5 s", between: ["web", "stock"], ...fault }],
  });

test("a partition: no call comes through, and none under way comes back", () => {
  const play = night({ kind: "partition" });
  for (const at of [8, 9.5, 11, 16]) play.ask(at, "web");
  play.run(60);
  expect(play.endings).toEqual(["9 a ok", "12.5 b error", "14 c error", "17 d ok"]);
  expect(play.counts("stock")).toEqual({ arrived: 4, ok: 2, "timed-out": 2 });
  expect(play.live).toBe(0);
});

test("one way only, calls come and are served, and the answers are lost; or the other way", () => {
  const there = night({ kind: "partition", "one-way": true });
  const back = night({ kind: "partition", "one-way": true, between: ["stock", "web"] });
  for (const play of [there, back]) {
    play.ask(11, "web");
    play.run(60);
    expect(play.endings).toEqual(["14 a error"]);
  }
  expect(there.part("stock").read().servedCount).toBe(0);
  expect(back.part("stock").read().servedCount).toBe(1);
});

test("a bad link holds messages each way", () => {
  const play = night({ kind: "bad-link", latency: "500 ms" });
  play.ask(11, "web");
  play.run(60);
  expect(play.endings).toEqual(["13 a ok"]);
});

test("ends may be zones, and regions; the rest goes on", () => {
  const zoned = (zone: string) => ({ fleet: { zones: [zone] } });
  const parts = {
    web: { ...chain.web, ...zoned("a") },
    stock: { ...chain.stock, ...zoned("b") },
    near: { kind: "service", slots: 1, operations: { x: [{ call: "web" }] }, ...zoned("a") },
  };
  const ends = (between: string[]) => {
    const play = new Rehearsal(parts, {
      links: { regions: { east: ["a"], west: ["b"] } },
      faults: [{ kind: "partition", between, at: "10 s", for: "5 s" }],
    });
    play.ask(11, "near");
    play.run(60);
    return play.endings;
  };
  expect(ends(["a", "b"])).toEqual(["14 a error"]);
  expect(ends(["west", "east"])).toEqual(["14 a error"]);
  expect(ends(["internet", "b"])).toEqual(["12 a ok"]);
});

// Probes at 0.618 s and so on every second for web-1, at 0.236 s for web-2; each waits for 500 ms.
test.each(["connection", "request"])(
  "a balancer's probes, each a %s, find out who is cut off, whichever way it is",
  (probe) => {
    const verdicts = (between: readonly string[], more: object = {}) => {
      const check = { interval: "1 s", timeout: "500 ms", fall: 2, rise: 1, probe };
      const play = new Rehearsal(
        {
          edge: { kind: "load-balancer", to: "web", "health-check": check },
          web: {
            kind: "service",
            slots: 9,
            work: "0 s",
            fleet: { instances: 2, zones: ["a", "b"] },
          },
        },
        {
          links: {},
          faults: [
            { kind: "partition", at: "10 s", for: "5 s", between, "one-way": true, ...more },
          ],
        },
      );
      play.run(30);
      return play.noted("health").map((line) => line.replace(/^(\d+)\.\d+/, "$1"));
    };
    const cut = ["12 web-1 marked down", "15 web-1 marked up"];
    expect(verdicts(["edge", "a"])).toEqual(cut);
    expect(verdicts(["a", "edge"])).toEqual(cut);
    expect(verdicts(["edge", "web"])).toHaveLength(4);
    expect(verdicts(["a", "b"])).toEqual([]);
    expect(verdicts(["edge", "a"], { kind: "bad-link", latency: "1 ms" })).toEqual([]);
  },
);

test.each([
  [{ kind: "bad-link" }, "between", "both ends are web"],
  [{ kind: "partition" }, "between", "both ends are web"],
  [{ kind: "bad-link", at: "1 s", "time-between": "1 h" }, "", "either an instant"],
  [{ kind: "partition", at: "1 s", "time-between": "1 h" }, "", "either an instant"],
])("this cannot be meant: %j", (options, field, words) => {
  const between = field === "between" ? ["web", "web"] : ["web", "stock"];
  const spec = faultSchema.parse({ at: "1 s", for: "1 s", between, ...options });
  const [issue] = issuesIn(faults, spec, []);
  expect(issue!.path.join(".")).toBe(field);
  expect(issue!.message).toContain(words);
});
