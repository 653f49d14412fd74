/** A Deployment's arithmetic, step by step: how many of either version there are, and when. */
import { describe, expect, test } from "vitest";
import { slackOf } from "../../../src/model/rollouts/replacement.ts";
import { Rehearsal } from "../../support/rehearsal.ts";
import { web } from "../../support/web.ts";

const pace = { surge: 0.25, unavailable: 0.25, "min-ready": 0 };
const rollout = { kind: "rolling", of: "web", at: "1 s" };

/** Instances of the old and of the new version after each run of launches or drains, as "t old+new". */
function counts(play: Rehearsal, initial: number): string[] {
  const seen: string[] = [];
  let [old, young] = [initial, 0];
  let last = "";
  for (const line of play.noted("fleet")) {
    const [at, instance, what] = line.split(" ");
    const isNew = Number(instance!.split("-")[1]) > initial;
    if (what !== "launch" && what !== "draining") continue;
    const change = what === "launch" ? 1 : -1;
    if (isNew) young += change;
    else old += change;
    const run = `${at} ${what}`;
    if (run === last) seen.pop();
    last = run;
    seen.push(`${at} ${old}+${young}`);
  }
  return seen;
}

test.each([
  [10, { surge: 3, unavailable: 2 }],
  [4, { surge: 1, unavailable: 1 }],
  [3, { surge: 1, unavailable: 0 }],
  [1, { surge: 1, unavailable: 0 }],
  [100, { surge: 25, unavailable: 25 }],
])("of %i instances 25 %% are rounded up above and down below", (desired, slack) => {
  expect(slackOf(pace, desired)).toEqual(slack);
});

test("a share that is no binary fraction is not rounded up by what binary adds to it", () => {
  // 0.07 × 100 is 7.000000000000001 in binary.
  expect(slackOf({ ...pace, surge: 0.07 }, 100).surge).toBe(7);
});

test("nothing above and nothing below would never end, so one may be missing", () => {
  expect(slackOf({ surge: 0, unavailable: 0, "min-ready": 0 }, 10)).toEqual({
    surge: 0,
    unavailable: 1,
  });
});

describe("ten instances at 25 % and 25 %", () => {
  test("go through 13, 11 and 13 again, and 5 at a time are waited for", () => {
    // 3 above: 10+3. 13 - 8 that must be available - 3 that are not = 2 go: 8+3. Room for 2: 8+5.
    // All 5 are ready after 5 s + 10 s: 13 - 8 = 5 go: 3+5. Room for 5: 3+10. 15 s later 3 go.
    const play = new Rehearsal(web({ instances: 10 }), { rollouts: [rollout] });
    play.run(60);
    expect(counts(play, 10)).toEqual(["1 10+3", "1 8+3", "1 8+5", "16 3+5", "16 3+10", "31 0+10"]);
    expect(play.reasons("scaling")).toEqual(["31: version 2 everywhere after 30 s"]);
    expect(
      play
        .fleet("web")
        .ready()
        .map(({ version }) => version),
    ).toEqual(Array(10).fill(1));
  });

  test("count as available only when they have been ready for min-ready", () => {
    const play = new Rehearsal(web({ instances: 10 }), {
      rollouts: [{ ...rollout, "min-ready": "20 s" }],
    });
    play.run(90);
    expect(counts(play, 10).slice(3)).toEqual(["36 3+5", "36 3+10", "71 0+10"]);
  });

  test("never exceed the desired number where nothing may be above it", () => {
    // 2 go, 2 come, five times over: one round takes 15 s.
    const play = new Rehearsal(web({ instances: 10 }), {
      rollouts: [{ ...rollout, surge: "0 %" }],
    });
    play.run(100);
    expect(counts(play, 10).filter((_, index) => index % 2 === 1)).toEqual([
      "1 8+2",
      "16 6+4",
      "31 4+6",
      "46 2+8",
      "61 0+10",
    ]);
    expect(play.reasons("scaling")).toEqual(["76: version 2 everywhere after 75 s"]);
  });

  test("follow an autoscaler meanwhile", () => {
    const play = new Rehearsal(web({ instances: 10 }), {
      rollouts: [rollout],
      autoscalers: { web: { kind: "schedule", at: [["10 s", 4]] } },
    });
    play.run(60);
    expect(
      play
        .fleet("web")
        .ready()
        .map(({ version }) => version),
    ).toEqual([1, 1, 1, 1]);
  });
});

describe("a bad version", () => {
  const crashing = { "crash-after": "1 s" };

  test("that crashes holds the rollout up, and most of the old instances stay", () => {
    const play = new Rehearsal(web({ instances: 10 }), {
      rollouts: [{ ...rollout, version: crashing, "min-ready": "5 s", deadline: "100 s" }],
    });
    play.run(200);
    expect(
      play
        .fleet("web")
        .ready()
        .filter(({ version }) => version === 0),
    ).toHaveLength(8);
    expect(play.reasons("scaling")).toEqual(["101: no progress for 100 s; it goes on"]);
  });

  test("goes back at the deadline if that is said", () => {
    const play = new Rehearsal(web({ instances: 10 }), {
      rollouts: [
        {
          ...rollout,
          version: crashing,
          "min-ready": "5 s",
          deadline: "100 s",
          "on-deadline": "roll-back",
        },
      ],
    });
    play.run(200);
    expect(play.reasons("scaling")).toEqual([
      // Launched at 101, ready at 116, available 5 s later.
      "101: no progress for 100 s: back to version 1",
      "121: version 1 everywhere after 120 s",
    ]);
    expect(
      play
        .fleet("web")
        .ready()
        .map(({ version }) => version),
    ).toEqual(Array(10).fill(0));
  });

  test("is started again after 10 s, then after 20 s", () => {
    const play = new Rehearsal(web({ instances: 1 }), {
      rollouts: [{ ...rollout, version: crashing, "min-ready": "5 s" }],
    });
    play.run(65);
    // Launched at 1, ready at 16, dead at 17, started at 27, ready at 37, dead at 38, started at 58.
    const crashes = play.noted("fleet").filter((line) => line.endsWith("crash"));
    expect(crashes).toEqual(["17 web-2 crash", "38 web-2 crash"]);
    expect(play.states("web")).toEqual(["ready", "starting"]);
  });

  test("that is slower takes as much longer for its calls", () => {
    const play = new Rehearsal(web({ instances: 1 }), {
      rollouts: [{ ...rollout, version: { slower: 1.5 } }],
    });
    play.ask(20, "web");
    play.run(60);
    expect(play.endings).toEqual(["35 a ok"]);
  });

  test("that fails every call fails those it serves, after the work", () => {
    const play = new Rehearsal(web({ instances: 1 }), {
      rollouts: [{ ...rollout, version: { "error-rate": "100 %" } }],
    });
    play.ask(0, "web");
    play.ask(20, "web");
    play.run(60);
    expect(play.endings).toEqual(["10 a ok", "30 b error"]);
  });
});

// Of 1000 calls 250 fail, with a standard deviation of √(1000 · 1/4 · 3/4) = 13.7: ± 45 at 99.9 %.
test("a version that fails a quarter of its calls fails about so many", () => {
  const parts = web({ instances: 1 }, { slots: 1000, work: "1 ms" });
  const play = new Rehearsal(parts, {
    rollouts: [{ ...rollout, version: { "error-rate": "25 %" } }],
  });
  for (let call = 0; call < 1000; call++) play.ask(20 + call / 100, "web");
  play.run(60);
  const failed = play.endings.filter((ending) => ending.endsWith("error")).length;
  expect(Math.abs(failed - 250)).toBeLessThan(45);
});

test("a second rollout waits until the first is over", () => {
  const play = new Rehearsal(web({ instances: 1 }), {
    rollouts: [rollout, { ...rollout, at: "5.5 s", version: { name: "fix" } }],
  });
  play.run(60);
  // The first takes from 1 to 16; the second asks every second from 5.5 on.
  const begun = play.noted("fate");
  expect(begun).toEqual(["1 web rollout", "16.5 web rollout"]);
  expect(
    play
      .fleet("web")
      .ready()
      .map(({ version }) => version),
  ).toEqual([2]);
});
