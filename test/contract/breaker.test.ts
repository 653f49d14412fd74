/** What every circuit breaker must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { breakers } from "../../src/model/breakers/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

describe.each(breakers.map(({ kind, example }) => ({ kind, example })))("$kind", (member) => {
  const { breaker } = parse(member.example!) as { breaker: { kind: string } };
  /** Ten calls a second for five minutes, by a part to another that is dead from 20 s to 60 s. */
  const night = () => {
    const web = { kind: "service", slots: 100, operations: { page: [{ call: "store", breaker }] } };
    const store = {
      kind: "service",
      slots: 10,
      work: "20 ms",
      fleet: { "start-up": "0 s" },
      "health-check": "none",
    };
    const faults = [{ kind: "crash", of: "store", at: "20 s", repair: "40 s" }];
    const play = new Rehearsal({ web, store }, { faults });
    for (let call = 0; call < 3000; call++) play.ask(call / 10, "web");
    play.run(400);
    return play;
  };

  test("is the breaker of its example", () => {
    expect(breaker.kind).toBe(member.kind);
  });

  test("opens while the part is dead and closes once it is back", () => {
    const play = night();
    const entries = play.world.journal.entries.filter(({ plane }) => plane === "health");
    expect(entries.map(({ what }) => what)).toEqual([
      "breaker to store opened",
      "breaker to store closed",
    ]);
    const [opened, closed] = entries;
    expect(opened!.at).toBeGreaterThan(20e9);
    expect(opened!.at).toBeLessThan(60e9);
    expect(closed!.at).toBeGreaterThan(60e9);
    expect(opened!.until).toBe(closed!.at);
  });

  test("every call ends once, sent or not", () => {
    const play = night();
    expect(play.endings).toHaveLength(3000);
    expect(play.live).toBe(0);
    const { arrived, neverSent } = play.world.exchange.countsOf(play.part("store").number);
    expect(arrived + neverSent).toBe(3000);
    expect(neverSent).toBeGreaterThan(0);
    expect(play.counts("web")["error"]).toBe(3000 - play.counts("store")["ok"]!);
  });

  test("decides the same for the same night", () => {
    expect(night().endings).toEqual(night().endings);
  });
});
