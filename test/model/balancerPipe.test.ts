/** Calls and answers that must get through a balancer's network, at instants that can be worked out. */
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { parts, partSchema } from "../../src/model/parts/index.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** A call of 1 kB takes 0.1 s, an answer of 10 kB a second; the work between is a second. */
function endings(edge: object, asks: readonly number[]): string[] {
  const play = new Rehearsal({
    edge: { kind: "load-balancer", to: "web", bandwidth: "10 kB", ...edge },
    web: { kind: "service", slots: 100, work: "1 s" },
  });
  for (const at of asks) play.ask(at, "edge");
  for (const at of [0.05, 1, 2, 3.15]) play.at(at, () => void play.world.exchange.audit());
  play.run(60);
  expect(play.live).toBe(0);
  return play.endings;
}

describe("forwarding", () => {
  test("nat: answers wait until the pipe is free, and calls behind them", () => {
    // Calls until 0.1 and 0.2; answers from 1.1 to 2.1 and on to 3.1; then the call of 1.5 until 3.2.
    const trace = ["2.1 a ok", "3.1 b ok", "5.2 c ok"];
    expect(endings({ forwarding: "nat" }, [0, 0, 1.5])).toEqual(trace);
    expect(endings({}, [0, 0, 1.5])).toEqual(trace);
    // In a call of the balancer's own it is the same.
    expect(endings({ timeout: "9 s" }, [0, 0, 1.5])).toEqual(trace);
  });

  test.each(["direct", "tunnel"])("%s: only calls need it", (forwarding) => {
    expect(endings({ forwarding }, [0, 0, 1.5])).toEqual(["1.1 a ok", "1.2 b ok", "2.6 c ok"]);
  });

  test("without a bandwidth everything is through at once", () => {
    expect(endings({ bandwidth: undefined }, [0, 0, 1.5])).toEqual([
      "1 a ok",
      "1 b ok",
      "2.5 c ok",
    ]);
  });

  const shop = {
    edge: { kind: "load-balancer", to: "web", bandwidth: "10 kB" },
    web: { kind: "service", slots: 100, work: "1 s" },
  };

  test("an answer for which nobody waits does not need it; one that has begun goes on", () => {
    const play = new Rehearsal(shop);
    for (const at of [0, 0]) play.ask(at, "edge", { timeout: "1150 ms" });
    play.ask(1.3, "edge");
    play.run(60);
    // The first answer is in the pipe from 1.1 to 2.1, the call of 1.3 after it; its own from 3.2 on.
    expect(play.endings).toEqual(["1.15 a timed-out", "1.15 b timed-out", "4.2 c ok"]);
    expect(play.live).toBe(0);
  });

  test("a call that is cancelled in it is never served", () => {
    const play = new Rehearsal(shop);
    play.ask(0, "edge", { timeout: "50 ms", cancellation: "propagate" });
    play.run(9);
    expect(play.endings).toEqual(["0.05 a timed-out"]);
    expect(play.counts("web")).toEqual({ arrived: 0 });
    expect(play.live).toBe(0);
  });

  test("where answers go past it, it cannot wait for them", () => {
    const checked = (edge: object) =>
      parts.find(({ kind }) => kind === "load-balancer")!.check!(
        partSchema.parse({ kind: "load-balancer", to: "web", ...edge }) as never,
      );
    expect(checked({ forwarding: "direct" })).toEqual([]);
    expect(checked({ tries: 2, timeout: "1 s" })).toEqual([]);
    expect(checked({ forwarding: "tunnel", tries: 2 })).toMatchObject([{ path: ["forwarding"] }]);
    expect(checked({ forwarding: "direct", timeout: "1 s" })).toMatchObject([
      { path: ["forwarding"] },
    ]);
  });
});

describe("in a scenario", () => {
  const meanLatency = async (edge: object, answerBytes: string) => {
    const { total } = await run({
      title: "Downloads",
      run: { duration: "100 s" },
      workloads: {
        shoppers: {
          to: "edge",
          mix: { file: { share: "100 %", "request-bytes": "2 kB", "answer-bytes": answerBytes } },
          arrivals: { kind: "deterministic", rate: "1 rps" },
        },
      },
      parts: {
        edge: { kind: "load-balancer", to: "web", preset: "ipvs", bandwidth: "100 kB", ...edge },
        web: { kind: "service", slots: 100, work: "100 ms" },
      },
    });
    return total.latency.mean!;
  };

  test("sizes are those of the class; ipvs balances with nat unless told otherwise", async () => {
    expect(await meanLatency({}, "50 kB")).toBeCloseTo(0.02 + 0.1 + 0.5, 6);
    expect(await meanLatency({ forwarding: "direct" }, "50 kB")).toBeCloseTo(0.12, 6);
  });

  test("answers larger than the pipe are what decides, unless they go past it", async () => {
    // 1.22 s a request and one a second: the delay grows without end.
    expect(await meanLatency({}, "120 kB")).toBeGreaterThan(5);
    expect(await meanLatency({ forwarding: "tunnel" }, "120 kB")).toBeCloseTo(0.12, 6);
  });
});
