/** Instances go on answering, only slower. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";
import { web } from "../../support/web.ts";

describe("slow instances", () => {
  const slow = (more: object = {}) => ({ kind: "slow", of: "web", factor: 2, ...more });

  test("take work in progress along: what is left takes so many times as long", () => {
    const play = new Rehearsal(web(), { faults: [slow({ at: "4 s", for: "6 s" })] });
    play.ask(0, "web");
    play.ask(0, "web");
    play.run(60);
    // a: 4 s of work done by 4, 3 more by 10 at half speed, the last 3 by 13. b: 13 to 23.
    expect(play.endings).toEqual(["13 a ok", "23 b ok"]);
  });

  test("multiply where two such faults overlap", () => {
    const faults = [slow({ at: "0 s", for: "20 s" }), slow({ at: "4 s", for: "8 s", factor: 4 })];
    const play = new Rehearsal(web(), { faults });
    play.ask(1, "web");
    play.run(60);
    // Work done: 1.5 s by 4, then 8 s at an eighth: 2.5 s by 12, then at half: 6.5 s by 20; 3.5 s left.
    expect(play.endings).toEqual(["23.5 a ok"]);
  });

  test("are as fast as ever after a crash, whenever the fault ends", () => {
    const faults = [
      slow({ at: "1 s", for: "60 s", factor: 4 }),
      { kind: "crash", of: "web", at: "2 s", repair: "1 s" }, // ready at 13
      slow({ at: "50 s", for: "40 s", factor: 2 }),
    ];
    const play = new Rehearsal(web(), { faults });
    play.ask(20, "web");
    play.ask(62, "web"); // the first fault has ended, the third has not
    play.ask(95, "web");
    play.run(200);
    expect(play.endings).toEqual(["30 a ok", "82 b ok", "105 c ok"]);
  });

  test("slow down computing and what waits for a core as well", () => {
    const parts = web({}, { slots: 9, work: undefined, operations: { go: [{ cpu: "10 s" }] } });
    const play = new Rehearsal(parts, { faults: [slow({ at: "5 s", for: "100 s" })] });
    play.ask(0, "web.go");
    play.ask(0, "web.go");
    play.run(60);
    expect(play.endings).toEqual(["15 a ok", "35 b ok"]);
  });
});
