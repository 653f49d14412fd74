/** Karpenter's batches and its consolidation, by its documented times. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

const platform = (cores: number, instances: number, nodes: number, scaler: object = {}) =>
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
          nodes,
          launch: "60 s",
          scaler: { kind: "karpenter", max: 9, ...scaler },
        },
      },
    },
  );

/** When the number of nodes changed. */
const changes = (play: Rehearsal) =>
  play.noted("scaling").filter((line) => line.includes("general"));

describe("a batch of pending pods", () => {
  const grown = (instants: readonly number[]) => {
    const play = platform(4, 1, 1, { consolidation: "never" });
    instants.forEach((at, index) =>
      play.at(at, () => play.fleet("web").scaleTo(index + 2, "more")),
    );
    play.run(60);
    return changes(play);
  };

  test("ends when none has come for a second", () => {
    expect(grown([10, 10.5, 11.25])).toEqual(["12.25 general scale out"]);
  });

  test("ends ten seconds after the first, whatever comes", () => {
    const instants = Array.from({ length: 14 }, (_, index) => 10 + index * 0.75);
    expect(grown(instants)[0]).toBe("20 general scale out");
  });

  test("is followed by another", () => {
    expect(grown([10, 12])).toEqual(["11 general scale out", "13 general scale out"]);
  });
});

describe("consolidation", () => {
  test("removes an empty node 15 s after the look that found it", () => {
    const play = platform(4, 2, 2);
    play.at(12, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(changes(play)).toEqual(["35 general scale in"]);
    expect(play.reasons("scaling").at(-1)).toBe("35: 2 → 1: Karpenter: empty");
  });

  test("removes the node with fewest pods when they fit elsewhere, one after another", () => {
    const play = platform(1, 3, 3);
    play.run(100);
    // Looked at 10, removed at 25; looked again at 30, removed at 45; the last has nowhere to put its pods.
    expect(changes(play)).toEqual(["25 general scale in", "45 general scale in"]);
    expect(play.fleet("web").ready()).toHaveLength(3);
  });

  test("leaves nodes alone that have pods, if only empty ones are to go", () => {
    const play = platform(1, 3, 3, { consolidation: "empty" });
    play.run(100);
    expect(changes(play)).toEqual([]);
  });

  test("waits until a node's pods have been the same for as long as is said", () => {
    const play = platform(4, 2, 2, { "consolidate-after": "30 s", consolidation: "empty" });
    play.at(12, () => play.fleet("web").scaleTo(1, "less"));
    play.run(100);
    // Empty from 12 on: the look of 50 is the first after 42.
    expect(changes(play)).toEqual(["65 general scale in"]);
  });

  test("keeps to its budget, of which a tenth of five nodes is one", () => {
    const play = platform(4, 1, 5);
    play.run(50);
    expect(changes(play)).toEqual(["25 general scale in", "45 general scale in"]);
  });
});
