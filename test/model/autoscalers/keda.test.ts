/** KEDA: to nothing and back, what becomes of calls meanwhile, and who decides what. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { Activation, Fallback } from "../../../src/model/autoscalers/kedaArithmetic.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const rule = {
  activations: [5],
  cooldown: 300 * SECOND,
  initialCooldown: 0,
  min: 0,
  idle: 0,
  holdsUnread: true,
};

/** Replicas poll by poll, every 30 s; the HPA leaves them alone. */
function replicas(values: readonly (number | null)[], first: number, more: object = {}): number[] {
  const activation = new Activation({ ...rule, ...more });
  let size = first;
  return values.map((value, index) => {
    const verdict = activation.poll([value], false, size, (index + 1) * 30 * SECOND);
    size = verdict?.wanted ?? size;
    return size;
  });
}

const polls = (count: number, value: number) => Array<number>(count).fill(value);

describe("activation", () => {
  test("is strictly above the threshold, and stops a cool-down after the last activity", () => {
    // Active at 60 s: 0 again at 360 s, the tenth poll after it.
    expect(replicas([5, 6, ...polls(11, 5)], 0)).toEqual([0, ...polls(10, 1), 0, 0]);
  });

  test("what was never active stops after the initial cool-down, which is none", () => {
    expect(replicas([0, 0], 3)).toEqual([0, 0]);
    const patient = { initialCooldown: 60 * SECOND };
    expect(replicas([0, 0], 3, patient)).toEqual([3, 0]);
  });

  test("starts with the fewest replicas, and leaves a running part to the HPA", () => {
    expect(replicas([6, 100, 100], 0, { min: 2 })).toEqual([2, 2, 2]);
    expect(replicas([100], 7)).toEqual([7]);
  });

  test("does not go below the fewest, and not on a value that is not known", () => {
    expect(replicas(polls(20, 0), 7, { min: 2, idle: 2 }).at(-1)).toBe(2);
    expect(replicas([6, ...Array<null>(20).fill(null)], 1).at(-1)).toBe(1);
  });

  // kedacore/keda: scale_handler.go takes a trigger that has fallen back for active, and
  // scale_scaledobjects.go goes on to stop what cannot be read where it would fall back to nothing.
  test("a trigger that has fallen back starts the first replica", () => {
    expect(replicas([null, null, Infinity], 0)).toEqual([0, 0, 1]);
  });

  test("what cannot be read stops after the cool-down where the fallback is nothing", () => {
    const values = [6, ...Array<null>(11).fill(null)];
    expect(replicas(values, 0, { holdsUnread: false })).toEqual([...polls(10, 1), 0, 0]);
  });

  test("a poll in which another trigger cannot be read is not activity", () => {
    const twice = { ...rule, activations: [5, 5] };
    const sizeAfter = (other: number | null) => {
      const activation = new Activation(twice);
      for (let poll = 1; poll <= 5; poll++) activation.poll([6, other], false, 3, poll * 30e9);
      return activation.poll([0, 0], false, 3, 180e9)?.wanted ?? 3;
    };
    expect([sizeAfter(0), sizeAfter(null)]).toEqual([3, 0]);
  });
});

// kedacore/keda, pkg/fallback/fallback.go: target × replicas, for a Value over the replicas that are ready.
test("a fallback counts missing readings, and asks for its replicas", () => {
  const four = { failures: 2, replicas: 4, behaviour: "static" } as const;
  const replicas = { current: 3, ready: 2 };
  const average = new Fallback(four, true);
  const readings = [null, null, null, 7, null, null, null];
  const read = readings.map((value) => average.read(value, 10, replicas));
  expect(read).toEqual([null, null, 40, 7, null, null, 40]);
  const value = new Fallback({ ...four, failures: 0 }, false);
  expect(value.read(null, 10, replicas)).toBe(20);
  expect(value.read(null, 10, { current: 0, ready: 0 })).toBe(null);
});

const trigger = { metric: "in-flight", target: 2 };

function rehearse(options: object, more: Readonly<Record<string, object>> = {}, clock?: string) {
  const parts = {
    web: { kind: "service", slots: 1, work: "2 s", fleet: { "start-up": "5 s" } },
    ...more,
  };
  const autoscalers = {
    web: { kind: "keda", triggers: [trigger], max: 10, cooldown: "60 s", ...options },
  };
  return new Rehearsal(parts, { autoscalers, ...(clock && { clock }) });
}

describe("scaled to nothing", () => {
  test("calls are refused without a hold", () => {
    const play = rehearse({});
    play.ask(40, "web");
    play.run(200);
    expect(play.endings).toEqual(["40 a refused"]);
    expect(play.reasons("scaling")).toEqual(["30: 1 → 0: KEDA: no trigger has been active"]);
  });

  test("held calls wake it at the next poll and go in when it has started, in their order", () => {
    // Polls at 60; the scrape at 45 sees two held; started at 65; then one after the other.
    const play = rehearse({ hold: {} });
    play.ask(40, "web");
    play.ask(41, "web");
    play.run(150);
    expect(play.endings).toEqual(["67 a ok", "69 b ok"]);
    expect(play.reasons("scaling")).toEqual([
      "30: 1 → 0: KEDA: no trigger has been active",
      "60: 0 → 1: KEDA: in flight 2 above its activation of 0",
      "120: 1 → 0: KEDA: no trigger active for 60 s",
    ]);
    expect(play.live).toBe(0);
  });

  test("a load balancer in front holds them too", () => {
    const play = rehearse({ hold: {} }, { edge: { kind: "load-balancer", to: "web" } });
    play.ask(40, "edge");
    play.ask(41, "edge");
    play.run(150);
    expect(play.endings).toEqual(["67 a ok", "69 b ok"]);
    expect(play.counts("web")).toEqual({ arrived: 2, ok: 2 });
  });

  test("held calls are refused when it takes too long, and dropped when there are too many", () => {
    const play = rehearse({ hold: { for: "10 s", limit: 1 } });
    play.ask(32, "web");
    play.ask(33, "web");
    play.run(200);
    expect(play.endings).toEqual(["33 b dropped", "42 a refused"]);
    expect(play.live).toBe(0);
  });

  test.each(["web", "edge"])("a call whose caller has gone is not served by %s", (target) => {
    const play = rehearse({ hold: {} }, { edge: { kind: "load-balancer", to: "web" } });
    play.ask(40, target, { timeout: "3 s" });
    play.ask(46, target);
    play.run(150);
    expect(play.endings).toEqual(["43 a timed-out", "67 b ok"]);
    expect(play.live).toBe(0);
  });

  test.each(["web", "edge"])(
    "a call that is called off, or reneges, leaves the hold of %s",
    (target) => {
      const play = rehearse({ hold: {} }, { edge: { kind: "load-balancer", to: "web" } });
      play.ask(40, target, { timeout: "3 s", cancellation: "propagate" });
      play.ask(41, target, { patience: "4 s" });
      play.ask(46, target);
      play.run(150);
      expect(play.endings).toEqual(["43 a timed-out", "45 b reneged", "67 c ok"]);
      expect(play.live).toBe(0);
    },
  );
});

test("between one and many the HPA decides: so much for each replica", () => {
  const play = rehearse(
    { cooldown: "600 s" },
    { web: { kind: "service", slots: 1, work: "1000 s", fleet: { "start-up": "5 s" } } },
  );
  for (let call = 0; call < 9; call++) play.ask(1, "web");
  play.run(40);
  // 9 at 2 a pod are 4.5 pods; its HPA has no behaviour.
  expect(play.reasons("scaling")).toEqual([
    "15: 1 → 4: KEDA's HPA: 9 at 2 a pod → ⌈4.5⌉ = 5, at most max(2 · 1, 4) = 4 at once",
    "30: 4 → 5: KEDA's HPA: 9 at 2 a pod → ⌈4.5⌉ = 5",
  ]);
});

// kedacore/keda: scale_handler.go checks before it waits. Nothing is measured by then, but cron triggers
// go by the clock: this one is active until 00:01, 50 s into the run, between two polls.
test("polls at the start, and then at every interval", () => {
  const cron = [{ start: "0 0 * * *", end: "1 0 * * *", instances: 1 }];
  const play = rehearse({ cron, "polling-interval": "70 s" }, {}, "2026-11-11T00:00:10Z");
  play.run(80);
  expect(play.reasons("scaling")).toEqual(["70: 1 → 0: KEDA: no trigger active for 70 s"]);
});

test("a cron trigger is a floor between its times", () => {
  const cron = [{ start: "1 0 * * *", end: "3 0 * * *", instances: 6 }];
  const play = rehearse({ cron, "scale-down": { window: "0 s" } }, {}, "2026-11-11T00:00:00Z");
  play.run(400);
  expect(play.reasons("scaling")).toEqual([
    "30: 1 → 0: KEDA: no trigger has been active",
    "60: 0 → 1: KEDA: a cron trigger is active",
    '60: 1 → 5: KEDA\'s HPA: cron from "1 0 * * *" to "3 0 * * *" → 6, policies allow 5',
    '75: 5 → 6: KEDA\'s HPA: cron from "1 0 * * *" to "3 0 * * *" → 6',
    "180: 6 → 1: KEDA's HPA: outside its cron triggers",
    "210: 1 → 0: KEDA: no trigger active for 60 s",
  ]);
});
