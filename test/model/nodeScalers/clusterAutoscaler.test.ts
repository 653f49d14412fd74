/** The Cluster Autoscaler's timings, by its documented defaults. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

const platform = (cores: number, instances: number, more: object = {}, scaler: object = {}) =>
  new Rehearsal(
    {
      web: {
        kind: "service",
        slots: 1,
        work: "1 s",
        fleet: { on: "general", pod: { cores }, "start-up": "10 s", instances },
      },
    },
    {
      nodes: {
        general: {
          cores: 4,
          nodes: 1,
          launch: "60 s",
          scaler: { kind: "cluster-autoscaler", min: 1, max: 5, ...scaler },
          ...more,
        },
      },
    },
  );

describe("pending pods", () => {
  test("are seen at the next scan, and ready after node and start-up", () => {
    const play = platform(2, 2);
    play.at(12, () => play.fleet("web").scaleTo(5, "more"));
    play.run(120);
    // Three pods of two cores need two nodes: scanned at 20, up at 80, ready at 90.
    expect(play.reasons("scaling")).toEqual([
      "12: 2 → 5: more",
      "20: 1 → 3: cluster autoscaler: 3 pods pending, the first for 8 s, 0 nodes coming → 2 more",
    ]);
    expect(play.noted("fleet").filter((line) => line.endsWith("ready"))).toEqual([
      "80 general-2 ready",
      "80 general-3 ready",
      "90 web-3 ready",
      "90 web-4 ready",
      "90 web-5 ready",
    ]);
  });

  test("get no node above the most", () => {
    const play = platform(4, 1, {}, { max: 2 });
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    play.run(120);
    expect(play.reasons("scaling")[1]).toBe(
      "10: 1 → 2: cluster autoscaler: 3 pods pending, the first for 9 s, 0 nodes coming → 3 more, capped at 2",
    );
    expect(play.states("web")).toEqual(["ready", "ready", "provisioning", "provisioning"]);
  });
});

test("nodes that the cloud owes are on their way: no more are asked for at each scan", () => {
  const web = {
    kind: "service",
    slots: 1,
    work: "1 s",
    fleet: { on: "general", pod: { cores: 4 }, "start-up": "10 s", instances: 1 },
  };
  const scaler = { kind: "cluster-autoscaler", max: 5 };
  const play = new Rehearsal(
    { web },
    {
      nodes: { general: { cores: 4, launch: "60 s", scaler } },
      supply: { shortages: [{ at: "0 s", for: "100 s" }] },
    },
  );
  play.at(12, () => play.fleet("web").scaleTo(2, "more"));
  play.run(300);
  // Refused at 20, 35, 65; had at 125, where the fourth try is.
  expect(play.noted("scaling").slice(1)).toEqual(["20 general scale out"]);
  expect(play.states("general")).toEqual(["ready", "ready"]);
});

describe("nodes that are little used", () => {
  test("leave one at a scan after ten minutes, while their pods fit elsewhere", () => {
    // A pod of one core on each of three nodes: 25 %, unneeded from the first scan at 10 on. The first
    // leaves at 610; its pod makes another node 50 % used, which is enough to stay. At 620 the one with
    // a single pod leaves. The last one's three pods fit nowhere else.
    const play = platform(1, 3, { nodes: 3 });
    play.run(2000);
    const left = play.noted("scaling").map((line) => line.split(" ")[0]);
    expect(left).toEqual(["610", "620"]);
    expect(play.reasons("scaling")[0]).toBe(
      "610: 3 → 2: cluster autoscaler: 25 % of it asked for, unneeded for 600 s",
    );
    expect(play.fleet("web").ready()).toHaveLength(3);
  });

  test("stay when half of them is asked for", () => {
    const play = platform(2, 2, { nodes: 2 });
    play.run(2000);
    expect(play.noted("scaling")).toEqual([]);
  });

  test("leave together when they are empty, down to the fewest", () => {
    const play = platform(4, 1, { nodes: 5 }, { min: 2 });
    play.run(700);
    expect(play.noted("scaling")).toEqual(Array(3).fill("610 general scale in"));
  });

  test("stay for ten minutes after others were added", () => {
    const play = platform(4, 1, { nodes: 1 }, { "unneeded-time": "60 s" });
    play.at(12, () => play.fleet("web").scaleTo(2, "more"));
    play.at(105, () => play.fleet("web").scaleTo(1, "less"));
    play.run(700);
    // Added at 20; empty from 105 on, due at 170, but not before 620.
    expect(play.noted("scaling").at(-1)).toBe("620 general scale in");
  });
});
