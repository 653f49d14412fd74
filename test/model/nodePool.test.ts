/** Pods need a node: where they go, what they wait for, and what a node takes with it. */
import { describe, expect, test } from "vitest";
import { nodesNeeded } from "../../src/model/packing.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Pods of two cores on nodes of four, ten seconds from start to the first call. */
const web = (fleet: object = {}, pod: object = {}) => ({
  web: {
    kind: "service",
    slots: 1,
    work: "10 s",
    "health-check": "none",
    fleet: { on: "general", pod: { cores: 2, ...pod }, "start-up": "10 s", ...fleet },
  },
});
const nodes = (more: object = {}) => ({
  nodes: { general: { cores: 4, nodes: 1, launch: "60 s", ...more } },
});

describe("a pod", () => {
  test("starts on a node that has room, and waits for one where none has", () => {
    const play = new Rehearsal(web({ instances: 1 }), nodes());
    play.at(5, () => play.fleet("web").scaleTo(3, "more"));
    play.at(30, () => play.fleet("general").scaleTo(2, "by hand"));
    const seen: string[][] = [];
    for (const at of [6, 20, 89, 95, 101]) play.at(at, () => seen.push(play.states("web")));
    play.run(120);
    // The node of 30 is there at 90; its pod is ready at 100.
    expect(seen).toEqual([
      ["ready", "starting", "provisioning"],
      ["ready", "ready", "provisioning"],
      ["ready", "ready", "provisioning"],
      ["ready", "ready", "starting"],
      ["ready", "ready", "ready"],
    ]);
  });

  test("of two fleets shares nodes with the other", () => {
    const other = { api: { ...web({ instances: 1 }, { cores: 3 }).web } };
    const play = new Rehearsal({ ...web({ instances: 1 }), ...other }, nodes());
    play.run(1);
    expect([...play.states("web"), ...play.states("api")]).toEqual(["ready", "provisioning"]);
  });

  test("takes the room of one that has gone", () => {
    const play = new Rehearsal(web({ instances: 3 }), nodes());
    play.at(5, () => play.fleet("web").evict(play.fleet("web").instances[0]!, "by hand"));
    play.run(20);
    expect(play.states("web")).toEqual(["gone", "ready", "ready", "provisioning"]);
  });

  test("goes to the zone with the fewest of its fleet, there to the emptiest node", () => {
    const play = new Rehearsal(
      web({ instances: 6 }, { cores: 1 }),
      nodes({ nodes: 3, zones: ["a", "b"] }),
    );
    // Nodes 1 and 3 are in a, node 2 in b.
    expect(play.fleet("web").instances.map(({ zone }) => zone)).toEqual([
      "a",
      "b",
      "a",
      "b",
      "a",
      "b",
    ]);
    const pool = play.world.pools.get("general")!;
    expect(pool.up().map(({ pods }) => pods.size)).toEqual([2, 3, 1]);
  });

  test.each([
    ["if-not-present", "36 45"],
    ["always", "36 61"],
  ])("pulls its image %s", (policy, ready) => {
    // A new node is there at 6: 20 s of pulling, 10 s of start-up. The second pod comes to it at 35.
    const pod = { "image-pull": "20 s", "image-pull-policy": policy };
    const play = new Rehearsal(web({ instances: 2 }, pod), nodes({ launch: "5 s" }));
    play.at(1, () => play.fleet("general").scaleTo(2, "by hand"));
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.at(policy === "always" ? 31 : 35, () => play.fleet("web").scaleTo(4, "more"));
    play.run(100);
    const instants = play
      .noted("fleet")
      .filter((line) => /web-[34] ready/.test(line))
      .map((line) => line.split(" ")[0]);
    expect(instants.join(" ")).toBe(ready);
  });

  test("waits for the image that another is fetching to the same node", () => {
    const play = new Rehearsal(
      web({ instances: 2 }, { "image-pull": "20 s" }),
      nodes({ launch: "5 s" }),
    );
    play.at(1, () => play.fleet("general").scaleTo(2, "by hand"));
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.at(16, () => play.fleet("web").scaleTo(4, "more"));
    play.run(100);
    expect(play.noted("fleet").filter((line) => /web-. ready/.test(line))).toEqual([
      "36 web-3 ready",
      "36 web-4 ready",
    ]);
  });
});

describe("a node that dies", () => {
  const dying = (repair: object) =>
    new Rehearsal(web({ instances: 2 }), {
      ...nodes({ nodes: 2 }),
      faults: [{ kind: "crash", of: "general", at: "10 s", ...repair }],
    });

  test("takes its pods with it; they are launched elsewhere 340 s later", () => {
    const play = dying({});
    play.run(349);
    expect(play.states("web").sort()).toEqual(["crashed", "ready"]);
    play.run(370);
    expect(play.noted("fleet").filter((line) => line.includes("web"))).toEqual([
      "350 web-3 launch",
      "360 web-3 ready",
    ]);
  });

  test("that comes back before that starts its pods again", () => {
    const play = dying({ repair: "100 s" });
    play.run(200);
    // Repaired at 110, up at 170, pods ready at 180.
    expect(play.states("web")).toEqual(["ready", "ready"]);
    expect(play.noted("fleet").at(-1)).toMatch(/^180 web-. ready$/);
  });

  test("with its zone gives its pods back when the zone is back and the node is up", () => {
    const play = new Rehearsal(web({ instances: 1 }), {
      ...nodes(),
      faults: [{ kind: "zone-outage", zone: "a", at: "10 s", for: "20 s" }],
    });
    play.run(99);
    expect(play.states("web")).toEqual(["starting"]);
    play.run(101);
    expect(play.states("web")).toEqual(["ready"]);
  });
});

test("a node that drains has its pods evicted, and is gone with the last of them", () => {
  const play = new Rehearsal(web({ instances: 1, "drain-timeout": "30 s" }), nodes({ nodes: 2 }));
  play.ask(0, "web"); // until 10
  play.at(5, () => play.fleet("general").remove(play.fleet("general").instances[0]!, "by hand"));
  play.run(9);
  expect([...play.states("general"), ...play.states("web")]).toEqual([
    "draining",
    "ready",
    "draining",
    "starting",
  ]);
  play.run(20);
  expect([...play.states("general"), ...play.states("web")]).toEqual([
    "gone",
    "ready",
    "gone",
    "ready",
  ]);
  expect(play.endings).toEqual(["10 a ok"]);
});

test.each([
  [[2, 2, 2], 0, 2],
  [[2, 2, 2], 1, 1],
  [[3, 3, 1, 1], 0, 2],
  [[5, 1], 0, 1], // what no node is large enough for needs none
])("pods of %j cores need, beside %i nodes of four that come, %i more", (cores, coming, more) => {
  const room = (each: number) => ({ millicores: each * 1000, memory: 0, pods: 1 });
  const empty = { millicores: 4000, memory: 0, pods: 110 };
  const onTheirWay = Array.from({ length: coming }, () => empty);
  expect(nodesNeeded(cores.map(room), onTheirWay, empty)).toBe(more);
});

test("ten pods of a tenth of a core fill one core exactly", () => {
  const play = new Rehearsal(web({ instances: 11 }, { cores: 0.1 }), nodes({ cores: 1 }));
  play.run(1);
  expect(play.states("web").filter((state) => state === "ready")).toHaveLength(10);
});
