/** What every part must keep, run over the list: adding one to the list asks for a line here. */
import { describe, expect, test } from "vitest";
import { parts } from "../../src/model/parts/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** The least one can write of each kind, beside the parts it needs, and an operation to ask for. */
const smallest: Record<string, { written: object; operation: string }> = {
  "load-balancer": { written: { to: "helper" }, operation: "anything" },
  service: { written: { slots: 1, work: "1 s" }, operation: "anything" },
  cache: { written: { behind: "helper" }, operation: "get" },
  database: { written: { slots: 1 }, operation: "write" },
  "connection-pool": { written: { to: "helper", connections: 2 }, operation: "anything" },
};

describe.each(parts.map(({ kind, hasFleet, hasSlots }) => ({ kind, hasFleet, hasSlots })))(
  "$kind",
  ({ kind, hasFleet, hasSlots }) => {
    const built = (more: object = {}) => {
      const { written, operation } = smallest[kind]!;
      const play = new Rehearsal({
        helper: { kind: "service", slots: 3, work: { kind: "exponential", mean: "1 s" } },
        noun: { kind, ...written, ...more },
      });
      return { play, target: `noun.${operation}` };
    };

    test("answers every call exactly once", () => {
      const { play, target } = built();
      for (let call = 0; call < 200; call++)
        play.ask(call / 2, target, { key: call % 7, timeout: "5 s" });
      play.run(1000);
      expect(play.endings).toHaveLength(200);
      expect(play.live).toBe(0);
      const { arrived, ...ended } = play.counts("noun");
      expect(arrived).toBe(200);
      expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(200);
    });

    test("has the fleet, the slots and the measurements it says it has", () => {
      const { play } = built();
      const part = play.part("noun");
      expect(part.fleet !== null).toBe(hasFleet);
      expect(part.service !== null).toBe(hasSlots);
      expect(part.resource !== null || !hasSlots).toBe(true);
      expect(part.waitingTime !== null).toBe(part.resource !== null);
      expect(part.serviceTime !== null).toBe(part.resource !== null);
    });

    test("counts totals that never shrink, whatever is asked of it in between", () => {
      const { play, target } = built();
      for (let call = 0; call < 50; call++) play.ask(call, target, { key: call % 7 });
      play.at(25, () => play.part("noun").beginMeasuring());
      let before = play.part("noun").read();
      for (let time = 5; time < 100; time += 5) {
        play.run(time);
        const now = play.part("noun").read();
        for (const [name, total] of Object.entries(now)) {
          if (name === "queueLengthMax") continue; // a peak, which begins anew
          expect(total, `${name} at ${time} s`).toBeGreaterThanOrEqual(
            before[name as keyof typeof before]!,
          );
        }
        before = now;
      }
    });

    test("uses no more than it has", () => {
      const { play, target } = built();
      for (let call = 0; call < 200; call++) play.ask(call / 10, target, { key: call });
      play.run(100);
      const reading = play.part("noun").read();
      expect(reading.busyTime).toBeLessThanOrEqual(reading.servingTime);
      expect(reading.slotBusyTime).toBeLessThanOrEqual(reading.slotTime);
      expect(reading.wastedTime).toBeLessThanOrEqual(reading.slotBusyTime);
    });

    test("survives the loss of all its instances", () => {
      if (!hasFleet) return; // it runs on none
      const { play, target } = built({ fleet: { instances: 3 } });
      for (let call = 0; call < 30; call++) play.ask(call, target, { key: call % 7 });
      play.at(10, () => {
        for (const instance of play.fleet("noun").instances)
          play.fleet("noun").crash(instance, false);
      });
      play.run(100);
      expect(play.endings).toHaveLength(30);
      expect(play.live).toBe(0);
    });
  },
);
