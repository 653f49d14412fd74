/** What every fault must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { faults } from "../../src/model/faults/index.ts";
import { instanceStates } from "../../src/model/instance.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Calls come for forty minutes; by then every example of the manual has struck and is over. */
const LENGTH = 2400;

describe.each(faults.map((definition) => ({ ...definition })))(
  "$kind",
  ({ example, needsLinks }) => {
    const written = (parse(example!) as { faults: object[] }).faults;

    const night = (fate: readonly object[]) => {
      const fleet = { instances: 3, zones: ["a", "b", "c"] };
      const play = new Rehearsal(
        {
          edge: { kind: "load-balancer", to: "web", tries: 2, vrrp: {} },
          web: {
            kind: "service",
            slots: 2,
            fleet,
            operations: {
              buy: [{ work: "1 s" }, { call: "stock.read", timeout: "5 s" }, { call: "kept.get" }],
            },
          },
          stock: { kind: "database", slots: 4, fleet, read: "2 s" },
          kept: { kind: "cache", behind: "stock", capacity: 10 },
        },
        { faults: fate, ...(needsLinks && { links: {} }) },
      );
      for (let call = 0; call < LENGTH; call++) {
        play.ask(call, "edge.buy", { timeout: "10 s", retry: { attempts: 2 }, key: 7 });
      }
      play.run(2 * LENGTH);
      return play;
    };

    test("in the example of the manual strikes, and the journal says so", () => {
      const play = night(written);
      expect(play.noted("fate")).not.toEqual([]);
      expect(play.reasons("fate")[0]).not.toMatch(/: $/);
      const felt = (each: Rehearsal) => [each.counts("web"), each.counts("stock"), each.endings];
      expect(felt(play)).not.toEqual(felt(night([])));
    });

    test("leaves no call without an end and none with two", () => {
      const play = night(written);
      expect(play.endings).toHaveLength(LENGTH);
      expect(play.live).toBe(0);
      for (const part of ["edge", "web", "stock"]) {
        const { arrived, ...ended } = play.counts(part);
        expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(arrived);
      }
    });

    test("leaves every instance in one state, and the time in all states adds up", () => {
      const play = night(written);
      for (const part of ["web", "stock"]) {
        const fleet = play.fleet(part);
        fleet.settle();
        const levels = instanceStates.map(
          (state) => fleet.instances.filter((instance) => instance.state === state).length,
        );
        expect([...fleet.levels]).toEqual(levels);
        const { now } = play.world.kernel;
        const lives = fleet.instances.map(({ launchedAt }) => now - launchedAt);
        const sum = (values: Iterable<number>) =>
          [...values].reduce((total, each) => total + each, 0);
        expect(sum(fleet.stateTime)).toBe(sum(lives));
      }
    });

    test("twice over still leaves everything counted", () => {
      const play = night([...written, ...written]);
      expect(play.endings).toHaveLength(LENGTH);
      expect(play.live).toBe(0);
    });

    test("strikes the same way in the same night", () => {
      expect(night(written).endings).toEqual(night(written).endings);
    });
  },
);
