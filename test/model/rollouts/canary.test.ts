/** A canary goes step by step, and back as soon as a window of its calls is bad. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Ten instances that serve a call in a second, 15 s from launch to the first call. */
const web = {
  web: {
    kind: "service",
    slots: 10,
    work: "1 s",
    "health-check": "none",
    fleet: { instances: 10, provisioning: "5 s", "start-up": "10 s" },
  },
};
const canary = {
  kind: "canary",
  of: "web",
  at: "1 s",
  steps: [
    { weight: "15 %", for: "60 s" },
    { instances: 5, for: "30 s" },
  ],
};

const versions = (play: Rehearsal) => {
  const ready = play.fleet("web").ready();
  const young = ready.filter(({ version }) => version === 1).length;
  return `${ready.length - young}+${young}`;
};

describe("a good version", () => {
  test("gets 15 % of 10 rounded up, then 5, then all", () => {
    const play = new Rehearsal(web, { rollouts: [canary] });
    const seen: string[] = [];
    for (const at of [0, 17, 75, 77, 93, 121, 123, 138, 153])
      play.at(at, () => seen.push(`${at} ${versions(play)}`));
    play.run(200);
    // Step 1: 2 come at 1, and 2 of the old are let go; ready at 16, held until 76.
    // Step 2: 3 more are launched at 76: 13, of which 13 - 8 - 3 = 2 go. Ready at 91, held until 121.
    // Then 5 more: 3 launched, 2 go, 2 launched; ready at 136.
    expect(seen).toEqual([
      "0 10+0",
      "17 8+2",
      "75 8+2",
      "77 6+2",
      "93 5+5",
      "121 5+5",
      "123 3+5",
      "138 0+10",
      "153 0+10",
    ]);
    expect(play.noted("scaling")).toEqual([
      "76 web rollout step",
      "121 web rollout step",
      "136 web rolled out",
    ]);
  });
});

describe("a bad version", () => {
  const bad = (version: object, rule: object) => {
    const play = new Rehearsal(web, {
      rollouts: [{ ...canary, version, "roll-back-if": { window: "20 s", calls: 5, ...rule } }],
    });
    // Round robin: of ten calls a second each instance gets one.
    for (let call = 0; call < 1000; call++) play.ask(call / 10, "web", { name: "x" });
    play.run(120);
    return play;
  };

  test("is taken back after the first window in which enough of its calls have failed", () => {
    // Windows end at 21, 41, …; the canaries serve from 16 on, and by 21 their calls of 16 to 20 have failed.
    const play = bad({ "error-rate": "100 %" }, { "error-rate-above": "50 %" });
    expect(play.noted("scaling").slice(0, 2)).toEqual([
      "21 web rolling back",
      "36 web rolled back",
    ]);
    expect(play.reasons("scaling")[0]).toMatch(
      /^21: version 2: 100 % of \d+ calls in 20 s failed, above 50 %: back to version 1$/,
    );
    expect(versions(play)).toBe("10+0");
  });

  test("is taken back for its latency", () => {
    const play = bad({ slower: 3 }, { "latency-above": "2 s" });
    expect(play.reasons("scaling")[0]).toMatch(
      /^41: version 2: 3000 ms on average of \d+ calls in 20 s, above 2000 ms: back to version 1$/,
    );
  });

  test("is given as many windows as are said", () => {
    const play = bad({ "error-rate": "100 %" }, { "error-rate-above": "50 %", windows: 2 });
    expect(play.noted("scaling")[0]).toBe("41 web rolling back");
  });

  test("stays when too few calls say so", () => {
    const play = bad({ "error-rate": "100 %" }, { "error-rate-above": "50 %", calls: 1000 });
    expect(play.noted("scaling")).not.toContain("21 web rolling back");
    expect(versions(play)).toBe("5+5");
  });
});
