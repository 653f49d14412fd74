/** What every metric must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { metrics, metricSchema } from "../../src/model/metrics/index.ts";
import { readLevel, showLevel } from "../../src/model/metrics/level.ts";
import { run } from "../../src/index.ts";
import { measured } from "../support/measured.ts";
import { Rehearsal } from "../support/rehearsal.ts";

const specs = metrics.map(({ kind }) =>
  kind === "formula" ? { kind, of: "queue + p95" } : { kind },
);

describe.each(metrics.map((definition, index) => ({ ...definition, spec: specs[index]! })))(
  "$kind",
  ({ kind, example, level, spec }) => {
    const web = { kind: "service", slots: 2, work: "1 s", fleet: { instances: 2 } };

    test("is unknown, not zero, before anything was measured", () => {
      const play = new Rehearsal({ web });
      const reader = measured(play, "web", spec, { interval: 10 });
      play.run(5);
      expect(reader.value()).toBeNull();
    });

    test("is a number, 0 or more, once there was load, and the same for the same night", () => {
      const night = () => {
        const play = new Rehearsal({ web });
        const reader = measured(play, "web", spec, { interval: 10 });
        for (let call = 0; call < 30; call++) play.ask(call / 4, "web");
        play.run(10.5);
        return reader.value();
      };
      expect(night()).toBeGreaterThanOrEqual(0);
      expect(night()).toBe(night());
    });

    test("its levels are read in its units and shown in them", () => {
      const written = { share: "60 %", rate: "100 rps", duration: "250 ms", number: 12 }[level];
      const reading = readLevel(level, written);
      expect(reading.ok && showLevel(level, reading.value)).toBe(String(written));
    });

    test("is known by its kind, and the example of the manual runs", async () => {
      expect(example).toContain(kind);
      expect(metricSchema.safeParse(spec).success).toBe(true);
      const scenario = {
        title: kind,
        run: { duration: "10 s" },
        workloads: { users: { to: "web", arrivals: { rate: "5 rps" } } },
        parts: { web },
        ...(parse(example!) as object),
      };
      expect((await run(scenario)).run.replications).toBe(1);
    });
  },
);
