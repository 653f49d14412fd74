/** Rate limits: the product's arithmetic on arrivals a reader can follow in the head. */
import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { FixedWindow } from "../../../src/model/guards/fixed-window.ts";
import { ADMIT, REJECT, type Guard } from "../../../src/model/guards/guard.ts";
import { LimitReq } from "../../../src/model/guards/nginx-limit-req.ts";
import { Throttle } from "../../../src/model/guards/sentinel-queueing.ts";
import { WarmUp } from "../../../src/model/guards/sentinel-warm-up.ts";
import { SlidingCount } from "../../../src/model/guards/slidingCount.ts";
import { TokenBucket } from "../../../src/model/guards/token-bucket.ts";

/** What a guard says to calls at instants [ms]: "in", "no", or the wait [ms]. */
function said(guard: Guard, milliseconds: readonly number[]): (string | number)[] {
  return milliseconds.map((at, call) => {
    const verdict = guard.admit(call, at * MILLISECOND);
    if (verdict === ADMIT) return "in";
    return verdict === REJECT ? "no" : verdict / MILLISECOND;
  });
}

const times = <Value>(count: number, value: Value) => new Array<Value>(count).fill(value);

test("a token bucket starts full, refills one by one, and never overfills", () => {
  // 10 a second: a token each 100 ms; three at the start.
  expect(said(new TokenBucket(10, 3), [0, 0, 0, 0, 99, 100, 100, 250])).toEqual(
    ["in", "in", "in", "no", "no", "in", "no", "in"], // prettier-ignore
  );
  expect(said(new TokenBucket(10, 3), [5000, 5000, 5000, 5000])).toEqual(["in", "in", "in", "no"]);
});

test("a token bucket whose gap is no whole number of ticks does not drift", () => {
  const bucket = new TokenBucket(3, 1);
  const admitted = Array.from({ length: 30_001 }, (_, ms) => bucket.admit(0, ms * MILLISECOND));
  // One at the start and three in each of 30 seconds; each waits for the next whole millisecond.
  expect(admitted.filter((verdict) => verdict === ADMIT).length).toBe(90);
});

test("limit_req with a burst of 5 and nodelay lets six in at once and then one each 100 ms", () => {
  // Excess in thousandths: 0, 1000, … 5000 are let in; the seventh would make 6000 > 5000.
  const guard = new LimitReq(10, 5, Infinity);
  expect(said(guard, times(8, 0))).toEqual([...times(6, "in"), "no", "no"]);
  // 99 ms leak 990 of 5000: 4010 + 1000 = 5010 is too much; at 100 ms it is 5000.
  expect(said(guard, [99, 100, 100, 199, 200])).toEqual(["no", "in", "no", "no", "in"]);
});

test("limit_req without a burst lets calls in that come no faster than the rate", () => {
  expect(said(new LimitReq(10, 0, 0), [0, 50, 99, 100, 199, 201])).toEqual(
    ["in", "no", "no", "in", "no", "in"], // prettier-ignore
  );
});

test("limit_req without nodelay has the burst wait for its turn", () => {
  // Excess 1000, 2000 at 10 a second: 100 and 200 ms. At 130 ms 1300 have leaked: 2000 - 1300 + 1000.
  expect(said(new LimitReq(10, 2, 0), [0, 0, 0, 0, 130])).toEqual(["in", 100, 200, "no", 170]);
});

test("limit_req with delay lets a part of the burst in at once", () => {
  expect(said(new LimitReq(10, 4, 2), times(6, 0))).toEqual(["in", "in", "in", 100, 200, "no"]);
});

test("limit_req counts a rate per minute in whole thousandths, rounded down", () => {
  // 10 a minute are 166.67 thousandths a second, so 166: after 6,000 ms 996 have leaked, which
  // leaves 4 too many; at 6,025 ms it is ⌊166 · 6025 / 1000⌋ = 1000.
  expect(said(new LimitReq(10 / 60, 0, 0), [0, 6000])).toEqual(["in", "no"]);
  expect(said(new LimitReq(10 / 60, 0, 0), [0, 6024])).toEqual(["in", "no"]);
  expect(said(new LimitReq(10 / 60, 0, 0), [0, 6025])).toEqual(["in", "in"]);
});

test("a fixed window lets two windows' worth in around its end", () => {
  const guard = new FixedWindow(2, SECOND);
  expect(said(guard, [900, 950, 990, 1000, 1050, 1100, 2000])).toEqual(
    ["in", "in", "no", "in", "in", "no", "in"], // prettier-ignore
  );
});

test("a sliding count forgets bucket by bucket", () => {
  const count = new SlidingCount(SECOND, 2);
  for (const ms of [100, 499, 500]) count.add(ms * MILLISECOND);
  const totals = [600, 999, 1000, 1499, 1500, 9000].map((ms) => count.total(ms * MILLISECOND));
  expect(totals).toEqual([3, 3, 1, 1, 0, 0]);
});

test("uniform queueing spaces calls out and rejects whoever would wait over half a second", () => {
  // 10 a second: turns at 0, 100, … 500; the seventh would wait 600 ms.
  const guard = new Throttle(10, 500 * MILLISECOND);
  expect(said(guard, times(7, 0))).toEqual(["in", 100, 200, 300, 400, 500, "no"]);
  expect(said(guard, [250, 5000, 5000])).toEqual([350, "in", 100]);
});

test("Sentinel's warm-up to 100 a second admits what the product's own run admits", () => {
  // Saturated demand, one run of the product's arithmetic: passes in each second from cold.
  const guard = new WarmUp(100, 10, 3);
  const perSecond = times(14, 0);
  for (let ms = 0; ms < 14_000; ms += 2) {
    if (guard.admit(0, ms * MILLISECOND) === ADMIT) perSecond[Math.floor(ms / 1000)]!++;
  }
  expect(perSecond).toEqual([33, 34, 36, 38, 41, 44, 47, 52, 58, 68, 83, 100, 100, 100]);
});

test("what has been idle is cold again", () => {
  const guard = new WarmUp(100, 10, 3);
  const passes = (second: number) => {
    let admitted = 0;
    for (let ms = 0; ms < 1000; ms += 2)
      if (guard.admit(0, second * SECOND + ms * MILLISECOND) === ADMIT) admitted++;
    return admitted;
  };
  for (let second = 0; second < 12; second++) passes(second);
  expect(passes(12)).toBe(100);
  expect(passes(60)).toBe(33);
});
