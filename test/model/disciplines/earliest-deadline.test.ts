import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

test("whoever gives up soonest is served first, whoever never does last", () => {
  const play = new Rehearsal({
    desk: { kind: "service", slots: 1, work: "1 s", queue: { discipline: "earliest-deadline" } },
  });
  play.ask(0, "desk");
  play.ask(0.1, "desk", { name: "patient" });
  play.ask(0.2, "desk", { name: "late", timeout: "9 s" }); // gives up at 9.2
  play.ask(0.3, "desk", { name: "soon", timeout: "3 s" }); // at 3.3
  play.ask(0.4, "desk", { name: "sooner", timeout: "2500 ms" }); // at 2.9
  play.run(10);
  expect(play.endings).toEqual(["1 a ok", "2 sooner ok", "3 soon ok", "4 late ok", "5 patient ok"]);
});
