/** What every guard must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { guards, type GuardSpec } from "../../src/model/guards/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

describe.each(guards.map(({ kind, example }) => ({ kind, example })))("$kind", (member) => {
  const written = (parse(member.example!) as { guards: GuardSpec[] }).guards[0]!;
  /** Two hundred calls, of which many give up, to a part behind the guard of the manual's example. */
  const evening = (more: object = {}) => {
    const web = {
      kind: "service",
      slots: 2,
      operations: { default: [{ work: "300 ms" }], plain: [{ work: "100 ms" }] },
      guards: [{ ...written, ...more }],
    };
    const play = new Rehearsal({ web });
    for (let call = 0; call < 200; call++)
      play.ask(call / 20, "web", { key: call % 5, timeout: call % 3 === 0 ? "200 ms" : "60 s" });
    play.run(600);
    return play;
  };

  test("is the guard of its example", () => {
    expect(written.kind).toBe(member.kind);
  });

  test.each(["part", "key", "class", "instance"])("one per %s answers every call once", (per) => {
    const play = evening({ per });
    expect(play.endings).toHaveLength(200);
    expect(play.live).toBe(0);
    expect(play.counts("web")["ok"]).toBeGreaterThan(0);
  });

  test("decides the same for the same calls", () => {
    expect(evening().endings).toEqual(evening().endings);
  });

  test("what it says it did is what became of the calls", () => {
    const play = evening();
    const [counts] = play.world.exchange.doorOf(play.part("web").number)!.counts();
    expect(counts!.admitted + counts!.rejected).toBe(200);
    expect(counts!.rejected).toBe(play.counts("web")["rejected"] ?? 0);
  });
});
