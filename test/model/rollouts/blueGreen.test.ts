/** A second fleet is built up without calls, gets them all at once, and may give them back. */
import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";
import { web } from "../../support/web.ts";

const fleet = { instances: 2, "drain-timeout": "60 s" };
const blueGreen = { kind: "blue-green", of: "web", at: "1 s", keep: "30 s" };

/** On which instances calls are, while they are. */
const busy = (play: Rehearsal) =>
  play
    .fleet("web")
    .instances.filter((instance) => play.fleet("web").isBusy(instance))
    .map(({ name }) => name);

test("calls go to the old instances until all new ones are ready, then to the new ones", () => {
  const play = new Rehearsal(web(fleet), { rollouts: [blueGreen] });
  const seen: Record<number, string[]> = {};
  for (const at of [2, 17]) {
    play.ask(at, "web");
    play.ask(at, "web");
    play.at(at + 1, () => (seen[at] = busy(play)));
  }
  play.run(20);
  expect(seen).toEqual({ 2: ["web-1", "web-2"], 17: ["web-3", "web-4"] });
  // Ready at 16, switched then, kept until 46.
  expect(play.states("web")).toEqual(["ready", "ready", "ready", "ready"]);
  play.run(60);
  expect(play.states("web")).toEqual(["gone", "gone", "ready", "ready"]);
  expect(play.noted("scaling")).toEqual(["16 web switched over", "46 web rolled out"]);
});

test("autoscalers see only the instances that get calls", () => {
  const play = new Rehearsal(web(fleet), { rollouts: [blueGreen] });
  const seen: number[] = [];
  for (const at of [0, 15, 17, 50]) play.at(at, () => seen.push(play.fleet("web").ready().length));
  play.run(60);
  expect(seen).toEqual([2, 2, 2, 2]);
});

test("a bad version gives the calls back to the old instances at once", () => {
  const play = new Rehearsal(web({ ...fleet, instances: 1 }), {
    rollouts: [
      {
        ...blueGreen,
        version: { "error-rate": "100 %" },
        "roll-back-if": { "error-rate-above": "10 %", window: "29 s", calls: 1 },
      },
    ],
  });
  play.ask(17, "web"); // served by the new one from 17 to 27; the window ends at 30
  play.ask(31, "web");
  play.run(60);
  expect(play.endings).toEqual(["27 a error", "41 b ok"]);
  expect(play.noted("scaling")).toEqual([
    "16 web switched over",
    "30 web rolling back",
    "30 web rolled back",
  ]);
  expect(play.states("web")).toEqual(["ready", "gone"]);
});

test("without room in the quota it never begins to serve, and goes back at the deadline", () => {
  const play = new Rehearsal(web({ ...fleet, type: "large" }), {
    supply: { quotas: [{ of: "large", instances: 3 }] },
    rollouts: [{ ...blueGreen, deadline: "60 s", "on-deadline": "roll-back" }],
  });
  play.run(100);
  // The one green instance that there is room for is ready at 16: that is progress until 76.
  expect(play.noted("scaling")).toEqual(["76 web rolling back", "76 web rolled back"]);
  expect(play.states("web")).toEqual(["ready", "ready", "gone"]);
});
