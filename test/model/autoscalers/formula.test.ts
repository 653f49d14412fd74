/** A size by a formula. */
import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

test("is rounded up, bounded, told with what went in, and held for the cool-down", () => {
  const web = { kind: "service", slots: 1, work: "12 s", fleet: { "start-up": "0 s" } };
  const autoscalers = {
    web: {
      kind: "formula",
      instances: "max(rps * 10 / 4, queue)",
      max: 6,
      period: "10 s",
      cooldown: "15 s",
    },
  };
  const play = new Rehearsal({ web }, { autoscalers });
  for (let call = 0; call < 9; call++) play.ask(1, "web");
  play.run(200);
  // Eight wait for the only one there was, and one of them gets in at 13, 25, 37, …, 97 s: the queue is
  // 7, 6, 5, 4, 4, 3, 2, 1, 0 at 20, 30, …, 100 s. It may not shrink for 15 s after each change.
  expect(play.reasons("scaling")).toEqual([
    "10: 1 → 6: max(rps * 10 / 4, queue) = 8 with queue 8, rps 0.9, clamped to 6",
    "40: 6 → 5: max(rps * 10 / 4, queue) = 5 with queue 5, rps 0",
    "60: 5 → 4: max(rps * 10 / 4, queue) = 4 with queue 4, rps 0",
    "80: 4 → 2: max(rps * 10 / 4, queue) = 2 with queue 2, rps 0",
    "100: 2 → 1: max(rps * 10 / 4, queue) = 0 with queue 0, rps 0, clamped to 1",
  ]);
});
