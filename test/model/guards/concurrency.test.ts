/** Laws of adaptive concurrency limits, step by step against their published equations. */
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import type { ConcurrencyLaw } from "../../../src/model/guards/concurrencyLimit.ts";
import { EnvoyAdaptive } from "../../../src/model/guards/envoy-adaptive.ts";
import { Gradient2 } from "../../../src/model/guards/gradient2.ts";
import { Vegas } from "../../../src/model/guards/vegas.ts";
import * as outcomes from "../../../src/model/outcomes.ts";
import type { Outcome } from "../../../src/model/outcomes.ts";

const { CANCELLED, DROPPED, ERROR, LOST, OK, REFUSED, REJECTED, TIMED_OUT } = outcomes;

/** A call of so many milliseconds ends while so many were inside when it came. */
const tell = (law: ConcurrencyLaw, ms: number, inside: number, outcome: Outcome = OK) =>
  law.learn(outcome, 0, inside, ms * MILLISECOND);

describe("Vegas", () => {
  const law = (more: object = {}) =>
    new Vegas(
      { initial: 20, max: 1000, smoothing: 1, "probe-after": 1e6, ...more },
      new Random("vegas"),
    );
  /** The limit after the shortest latency was 10 ms and then one call took so long. */
  const after = (ms: number, inside = 20, outcome: Outcome = OK) => {
    const vegas = law();
    tell(vegas, 10, 20);
    tell(vegas, ms, inside, outcome);
    return vegas.limit();
  };

  test("the limit moves by the queue it sees: threshold 1, α 3, β 6", () => {
    expect(after(10)).toBe(26); // queue 0: by β
    expect(after(10.5)).toBe(26); // ⌈20 · 0.5 / 10.5⌉ = 1, at most the threshold
    expect(after(11)).toBe(21); // ⌈20 / 11⌉ = 2 < α: by one
    expect(after(12)).toBe(20); // ⌈40 / 12⌉ = 4, from α to β: not at all
    expect(after(14)).toBe(20); // ⌈80 / 14⌉ = 6, still β
    expect(after(15)).toBe(19); // ⌈100 / 15⌉ = 7 > β: down by one
  });

  test("it does not grow while less than half of it is used", () => {
    expect(after(10, 9)).toBe(20);
    expect(after(10, 10)).toBe(26);
  });

  test("a drop narrows it, whatever the latency; another failure tells nothing", () => {
    expect(after(10, 1, TIMED_OUT)).toBe(19);
    expect(after(10, 1, DROPPED)).toBe(19);
    expect(after(10, 20, ERROR)).toBe(20);
  });

  test("steps are 2 from 100 calls on, so α is 6 and β 12", () => {
    const wide = law({ initial: 100 });
    tell(wide, 10, 100);
    tell(wide, 10, 100);
    expect(wide.limit()).toBe(112);
    tell(wide, 12, 112); // ⌈112 / 6⌉ = 19 > 12
    expect(wide.limit()).toBe(110);
  });

  test("the shortest latency is forgotten after a half to a whole of 30 limits of calls", () => {
    /** The limit once so many slow calls that used little of it are followed by one that uses it. */
    const afterSlow = (calls: number, seed: string) => {
      const options = { initial: 20, max: 1000, smoothing: 1, "probe-after": 30 };
      const vegas = new Vegas(options, new Random(seed));
      tell(vegas, 10, 1);
      for (let call = 0; call < calls; call++) tell(vegas, 100, 1);
      tell(vegas, 100, 20);
      return vegas.limit();
    };
    // 30 · 20 calls are 600. Remembered, 10 ms make a queue of 18; forgotten, there is none.
    for (const seed of ["a", "b", "c", "d", "e"]) {
      expect(afterSlow(297, seed)).toBe(19);
      expect(afterSlow(600, seed)).toBe(26);
    }
  });
});

describe("Gradient2", () => {
  const law = (more: object = {}) =>
    new Gradient2({
      initial: 20,
      min: 20,
      max: 200,
      smoothing: 0.2,
      queue: 4,
      "long-window": 600,
      ...more,
    });

  test.each([
    ["answers, time-outs and calls turned away", [OK, TIMED_OUT, DROPPED, REJECTED], 20.8],
    ["no errors, and none that went by themselves", [ERROR, REFUSED, LOST, CANCELLED], 20],
  ] as const)("learns from %s", (_, heard, limit) => {
    for (const outcome of heard) {
      const gradient = law();
      tell(gradient, 10, 20, outcome);
      expect(gradient.estimate).toBeCloseTo(limit, 12);
    }
  });

  test("grows by a fifth of the queue allowance while latency is steady", () => {
    const gradient = law();
    tell(gradient, 10, 20);
    expect(gradient.estimate).toBeCloseTo(20.8, 12); // 0.8 · 20 + 0.2 · (20 + 4)
    tell(gradient, 10, 20);
    expect(gradient.estimate).toBeCloseTo(21.6, 12);
  });

  test("narrows by the gradient of long-run to present latency, by half at most", () => {
    const gradient = law({ initial: 100 });
    for (let sample = 0; sample < 10; sample++) tell(gradient, 10, 1); // unused: limit stays
    expect(gradient.estimate).toBe(100);
    tell(gradient, 20, 100);
    // long = 10 + 10 · 2/601; gradient = long / 20; 0.8 · 100 + 0.2 · (100 · gradient + 4)
    const long = 10 + (10 * 2) / 601;
    expect(gradient.estimate).toBeCloseTo(80 + 0.2 * ((100 * long) / 20 + 4), 9);
    const before = gradient.estimate;
    tell(gradient, 1000, 100);
    expect(gradient.estimate).toBeCloseTo(0.8 * before + 0.2 * (before / 2 + 4), 9);
  });

  test("the first ten samples are averaged plainly", () => {
    const gradient = law({ initial: 100 });
    tell(gradient, 10, 1);
    tell(gradient, 30, 100); // long 20, gradient 2/3
    expect(gradient.estimate).toBeCloseTo(80 + 0.2 * (200 / 3 + 4), 9);
  });

  test("a long-run average over twice the present is brought down by a tenth", () => {
    const gradient = law({ initial: 100 });
    for (let sample = 0; sample < 10; sample++) tell(gradient, 100, 1);
    tell(gradient, 10, 1);
    tell(gradient, 100, 100);
    const weight = 2 / 601;
    const long = (100 * (1 - weight) + 10 * weight) * 0.9;
    const then = long * (1 - weight) + 100 * weight;
    expect(gradient.estimate).toBeCloseTo(80 + 0.2 * (then + 4), 9);
  });

  test("keeps to its bounds", () => {
    const wide = law();
    for (let sample = 0; sample < 1000; sample++) tell(wide, 10, 200);
    expect(wide.estimate).toBe(200);
    const narrow = law({ initial: 24 });
    for (let sample = 0; sample < 10; sample++) tell(narrow, 10, 1);
    // At half the gradient it heads for 8; the least is 20.
    for (let sample = 0; sample < 10; sample++) tell(narrow, 1000, 24);
    expect(narrow.estimate).toBe(20);
  });
});

describe("Envoy's adaptive concurrency", () => {
  const law = (more: object = {}) =>
    new EnvoyAdaptive(
      {
        interval: 60 * SECOND,
        jitter: 0,
        requests: 5,
        min: 3,
        max: 1000,
        window: SECOND / 10,
        buffer: 0.25,
        percentile: 0.5,
        ...more,
      },
      new Random("envoy"),
    );
  /** A call of so many milliseconds ends at an instant [ms]. */
  const end = (envoy: EnvoyAdaptive, at: number, ms: number, outcome: Outcome = OK) =>
    envoy.learn(outcome, (at - ms) * MILLISECOND, 1, at * MILLISECOND);
  const limitAt = (envoy: EnvoyAdaptive, ms: number) => envoy.limit(ms * MILLISECOND);
  /** One that has measured 8 ms, at 100 ms. */
  const measured = (more: object = {}) => {
    const envoy = law(more);
    for (const ms of [7, 8, 20, 8, 9]) end(envoy, 100, ms);
    return envoy;
  };

  test("three calls at a time until the least latency is known", () => {
    const envoy = law();
    for (let sample = 0; sample < 4; sample++) end(envoy, 100, 8);
    expect(limitAt(envoy, 50_000)).toBe(3);
  });

  test("each window sets the limit by gradient and headroom, rounded down", () => {
    const envoy = measured();
    expect(limitAt(envoy, 199)).toBe(3);
    end(envoy, 150, 8); // gradient 1.25 · 8 / 8: 3.75 + √3.75 = 5.69
    expect(limitAt(envoy, 200)).toBe(5);
    end(envoy, 250, 10); // 1.25 · 8 / 10 = 1: 5 + √5 = 7.24
    expect(limitAt(envoy, 300)).toBe(7);
    end(envoy, 350, 1); // at most 2: 14 + √14 = 17.74
    expect(limitAt(envoy, 400)).toBe(17);
    end(envoy, 450, 400); // at least 0.5; but it began before the measurement ended: it counts
    expect(limitAt(envoy, 500)).toBe(Math.floor(8.5 + Math.sqrt(8.5)));
  });

  test("a window without answers changes nothing, and a lost call is no answer", () => {
    const envoy = measured();
    end(envoy, 150, 8);
    limitAt(envoy, 200);
    end(envoy, 250, 1, TIMED_OUT);
    expect(limitAt(envoy, 10_000)).toBe(5);
  });

  test("every interval it measures anew with three, then goes back to the limit it had", () => {
    const envoy = measured();
    end(envoy, 150, 8);
    expect(limitAt(envoy, 60_099)).toBe(5);
    expect(limitAt(envoy, 60_100)).toBe(3);
    end(envoy, 60_101, 40); // came before the measurement began
    for (let sample = 0; sample < 4; sample++) end(envoy, 60_140, 16);
    expect(limitAt(envoy, 60_140)).toBe(3);
    end(envoy, 60_141, 16);
    expect(limitAt(envoy, 60_141)).toBe(5);
    end(envoy, 60_200, 20); // 1.25 · 16 / 20 = 1
    expect(limitAt(envoy, 60_241)).toBe(7);
  });

  test("after the fifth window in a row at the minimum it doubts what it measured", () => {
    const envoy = measured();
    // Gradient 0.5 from 3: 1.5 + √1.5 = 2.7, so 3 again.
    for (let window = 1; window <= 4; window++) end(envoy, 100 * window + 60, 50);
    limitAt(envoy, 500);
    end(envoy, 560, 50);
    expect(limitAt(envoy, 600)).toBe(3);
    for (let sample = 0; sample < 5; sample++) end(envoy, 700, 40);
    // The new least latency is 40 ms: 1.25 · 40 / 50 = 1, and the limit grows again.
    end(envoy, 760, 50);
    expect(limitAt(envoy, 800)).toBe(Math.floor(3 + Math.sqrt(3)));
    const trusting = measured();
    for (let window = 1; window <= 4; window++) end(trusting, 100 * window + 60, 50);
    for (let sample = 0; sample < 5; sample++) end(trusting, 700, 40);
    end(trusting, 760, 50);
    expect(limitAt(trusting, 800)).toBe(3);
  });

  test("jitter is a random part of the interval, in whole milliseconds", () => {
    const starts = [1, 2, 3, 4, 5].map((seed) => {
      const envoy = new EnvoyAdaptive(
        { interval: SECOND, jitter: 0.15, requests: 1, min: 3, max: 9, window: 10 * SECOND, buffer: 0, percentile: 0.5 },
        new Random(`jitter ${seed}`),
      ); // prettier-ignore
      end(envoy, 100, 8);
      let at = 1000;
      // Calls that came before the measurement do not count, so that its start shows.
      const isMeasuring = () => {
        const twin = Object.assign(Object.create(EnvoyAdaptive.prototype) as EnvoyAdaptive, envoy);
        twin.limit(at * MILLISECOND);
        return (twin as unknown as { deferred: number | null }).deferred !== null;
      };
      while (!isMeasuring()) at++;
      return at;
    });
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(1100);
    expect(Math.max(...starts)).toBeLessThan(1250);
    expect(new Set(starts).size).toBeGreaterThan(1);
  });
});
