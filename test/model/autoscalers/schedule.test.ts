/** So many instances from an instant on. */
import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

test("sets the number at each instant, whatever happens in between", () => {
  const parts = { web: { kind: "service", slots: 1, work: "1 s", fleet: { "start-up": "5 s" } } };
  const at = [
    ["20 s", 1],
    ["10 s", 3],
  ];
  const play = new Rehearsal(parts, { autoscalers: { web: { kind: "schedule", at } } });
  const seen: number[] = [];
  for (const time of [9, 11, 16, 21])
    play.at(time, () => seen.push(play.fleet("web").ready().length));
  play.run(30);
  expect(seen).toEqual([1, 1, 3, 1]);
  expect(play.reasons("scaling")).toEqual(["10: 1 → 3: schedule", "20: 3 → 1: schedule"]);
});

test("an instant at which nothing changes is not noted", () => {
  const parts = { web: { kind: "service", slots: 1, work: "1 s" } };
  const autoscalers = { web: { kind: "schedule", at: [["10 s", 1]] } };
  const play = new Rehearsal(parts, { autoscalers });
  play.run(30);
  expect(play.noted("scaling")).toEqual([]);
});
