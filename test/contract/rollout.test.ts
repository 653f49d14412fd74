/** What every rollout must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { rollouts } from "../../src/model/rollouts/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Calls come for forty minutes; by then every example of the manual is over. */
const LENGTH = 2400;

describe.each(rollouts.map(({ kind, example }) => ({ kind, example })))("$kind", ({ example }) => {
  const [written] = (parse(example!) as { rollouts: object[] }).rollouts;

  const night = (more: object) => {
    const fleet = { instances: 4, "start-up": "20 s", zones: ["a", "b"] };
    const play = new Rehearsal(
      { web: { kind: "service", slots: 4, work: "1 s", fleet } },
      { rollouts: [{ ...written, ...more }] },
    );
    for (let call = 0; call < LENGTH; call++) play.ask(call, "web", { timeout: "5 s" });
    play.run(2 * LENGTH);
    return play;
  };
  const bad = {
    version: { "error-rate": "100 %" },
    "roll-back-if": { "error-rate-above": "5 %", windows: 1, calls: 1, window: "10 s" },
  };
  const good = { version: {} };

  test("brings the new version to every instance, and no other number of them", () => {
    const play = night(good);
    expect(
      play
        .fleet("web")
        .ready()
        .map(({ version }) => version),
    ).toEqual([1, 1, 1, 1]);
    expect(play.noted("scaling").at(-1)).toMatch(/ web rolled out$/);
  });

  test("goes back from a bad version to the old one, and no other number of instances", () => {
    const play = night(bad);
    expect(
      play
        .fleet("web")
        .ready()
        .map(({ version }) => version),
    ).toEqual([0, 0, 0, 0]);
    expect(play.noted("scaling").at(-1)).toMatch(/ web rolled back$/);
  });

  test("says when it begins and when it is over", () => {
    const [entry, ...others] = night(good).world.journal.entries.filter(
      ({ plane }) => plane === "fate",
    );
    expect(others).toEqual([]);
    expect(entry!.until).toBeGreaterThan(entry!.at);
  });

  test("leaves no call without an end, and a good version loses none", () => {
    for (const [version, outcomes] of [
      [good, ["ok"]],
      [bad, ["ok", "error"]],
    ] as const) {
      const play = night(version);
      expect(play.endings).toHaveLength(LENGTH);
      expect(play.live).toBe(0);
      const seen = new Set(play.endings.map((ending) => ending.split(" ").at(-1)!));
      expect([...seen]).toEqual(outcomes.filter((outcome) => seen.has(outcome)));
    }
  });

  test("goes the same way in the same night", () => {
    expect(night(bad).noted("scaling", "fleet")).toEqual(night(bad).noted("scaling", "fleet"));
  });
});
