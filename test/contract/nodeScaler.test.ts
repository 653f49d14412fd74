/** What every node scaler must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { nodeScalers } from "../../src/model/nodeScalers/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

describe.each(nodeScalers.map(({ kind, example }) => ({ kind, example })))(
  "$kind",
  ({ kind, example }) => {
    /** What the manual's own example says; the nodes there are, for one that needs to be told nothing. */
    const written: { max: number; min?: number } = example
      ? parse(example).nodes.general.scaler
      : { max: 2 };

    /** Six pods on two nodes, then forty, then one. */
    const night = () => {
      const web = {
        kind: "service",
        slots: 1,
        work: "1 s",
        fleet: { on: "general", instances: 6, "start-up": "5 s" },
      };
      const scaler = example ? written : kind;
      const play = new Rehearsal(
        { web },
        { nodes: { general: { cores: 4, nodes: 2, launch: "30 s", scaler } } },
      );
      play.at(100, () => play.fleet("web").scaleTo(40, "more"));
      play.at(1000, () => play.fleet("web").scaleTo(1, "less"));
      return play;
    };

    test("keeps to its bounds, and the pods that fit are ready", () => {
      const play = night();
      play.run(999);
      const { desired } = play.fleet("general");
      expect(desired).toBeLessThanOrEqual(written.max);
      expect(play.fleet("web").ready()).toHaveLength(Math.min(40, 4 * desired));
      play.run(5000);
      expect(play.fleet("general").desired).toBeGreaterThanOrEqual(written.min ?? 1);
      expect(play.fleet("web").ready()).toHaveLength(1);
    });

    test("never asks more of a node than it has", () => {
      const play = night();
      for (let time = 0; time < 5000; time += 50) {
        play.run(time);
        for (const { free, pods } of play.world.pools.get("general")!.up()) {
          expect(free.millicores).toBeGreaterThanOrEqual(0);
          expect(free.millicores).toBe(4000 - 1000 * pods.size);
        }
      }
    });

    test("says with each decision from how many to how many, and why", () => {
      const play = night();
      play.run(5000);
      const reasons = play.world.journal.entries
        .filter(({ plane, part }) => plane === "scaling" && part === "general")
        .map(({ reason }) => reason);
      let size = 2;
      for (const reason of reasons) {
        const [, from, to, why] = /^(\d+) → (\d+): (.+)$/.exec(reason)!;
        expect(Number(from)).toBe(size);
        expect(why).not.toBe("");
        size = Number(to);
      }
      expect(size).toBe(play.fleet("general").desired);
    });

    test("decides the same for the same night", () => {
      const reasons = () => {
        const play = night();
        play.run(5000);
        return play.reasons("scaling");
      };
      expect(reasons()).toEqual(reasons());
    });
  },
);
