/** What every autoscaler must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { autoscalers, autoscalerSchema } from "../../src/model/autoscalers/index.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** What was decided, without what else was told. */
const decisions = (play: Rehearsal) =>
  play.world.journal.entries
    .filter(({ plane, what }) => plane === "scaling" && what.startsWith("scale "))
    .map(({ at, reason }) => `${at / SECOND}: ${reason}`);

describe.each(autoscalers.map((definition) => ({ ...definition })))(
  "$kind",
  ({ kind, example }) => {
    /** The autoscaler of the manual's own example, on a fleet that is busy and then idle. */
    const night = () => {
      const written = parse(example!) as { autoscalers: Record<string, object> };
      const [scaler] = Object.values(written.autoscalers);
      const web = {
        kind: "service",
        slots: 4,
        work: "600 s",
        fleet: { instances: 2, "start-up": "20 s" },
      };
      const play = new Rehearsal({ web }, { autoscalers: { web: scaler! } });
      for (let call = 0; call < 400; call++) play.ask(5 * call, "web");
      play.run(8000);
      return { play, scaler: autoscalerSchema.parse(scaler) as { max?: number; min?: number } };
    };

    test("acts in the example of the manual", () => {
      const { play } = night();
      expect(play.noted("scaling")).not.toEqual([]);
    });

    test("says with each decision from how many to how many, and why", () => {
      const { play } = night();
      let size = 2;
      for (const reason of decisions(play)) {
        const [, from, to, why] = /^[\d.]+: (\d+) → (\d+): (.+)$/.exec(reason)!;
        expect(Number(from)).toBe(size);
        expect(why).not.toBe("");
        size = Number(to);
      }
      expect(size).toBe(play.fleet("web").desired);
    });

    test("keeps to its bounds, and leaves at least one instance unless they allow none", () => {
      const { play, scaler } = night();
      for (const reason of decisions(play)) {
        const to = Number(/→ (\d+):/.exec(reason)![1]);
        expect(to).toBeGreaterThanOrEqual(scaler.min ?? 1);
        expect(to).toBeLessThanOrEqual(scaler.max ?? Infinity);
      }
    });

    test("decides the same for the same night", () => {
      expect(decisions(night().play)).toEqual(decisions(night().play));
    });

    test("is known by its kind", () => {
      expect(example).toContain(kind);
    });
  },
);
