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

test("by cron patterns and dates, on the clock of the scenario", () => {
  const parts = { web: { kind: "service", slots: 1, work: "1 s" } };
  const cron = [
    ["50 23 * * *", 6],
    ["30 0 * * *", 2],
  ];
  const dates = [
    ["2026-11-10T15:55:00Z", 9],
    ["2026-11-10T23:00:00+08:00", 50], // over before the start
  ];
  const play = new Rehearsal(parts, {
    autoscalers: { web: { kind: "schedule", cron, dates } },
    clock: "2026-11-10T23:40:00+08:00",
  });
  play.run(2 * 86_400);
  const day = 86_400;
  expect(play.reasons("scaling")).toEqual([
    '600: 1 → 6: schedule "50 23 * * *"',
    "900: 6 → 9: schedule 2026-11-10T15:55:00Z",
    '3000: 9 → 2: schedule "30 0 * * *"',
    `${600 + day}: 2 → 6: schedule "50 23 * * *"`,
    `${3000 + day}: 6 → 2: schedule "30 0 * * *"`,
  ]);
});
