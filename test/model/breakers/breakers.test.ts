/** Circuit breakers against hand-worked traces of the products' windows. */
import { describe, expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import type { Breaker } from "../../../src/model/breakers/breaker.ts";
import { breakers, breakerSchema } from "../../../src/model/breakers/index.ts";
import { LastCalls, LastSeconds } from "../../../src/model/breakers/tally.ts";
import { CANCELLED, ERROR, OK, type Outcome } from "../../../src/model/outcomes.ts";
import { make } from "../../../src/schema/definition.ts";

/** A breaker and what it said; times are seconds. */
function watched(spec: object) {
  const said: string[] = [];
  let now = 0;
  const context = {
    opened: (reason: string) => void said.push(`${now} opened: ${reason}`),
    closed: (reason: string) => void said.push(`${now} closed: ${reason}`),
  };
  const breaker: Breaker = make(breakers, breakerSchema.parse(spec), context);
  const end = (at: number, outcome: Outcome, count = 1, milliseconds = 10) => {
    now = at;
    for (let call = 0; call < count; call++)
      breaker.ended(outcome, milliseconds * MILLISECOND, at * SECOND);
  };
  const allows = (at: number) => {
    now = at;
    return breaker.allows(at * SECOND);
  };
  return { said, end, allows };
}

describe("Hystrix", () => {
  const hystrix = () => watched({ kind: "hystrix" });

  test("opens at the end of the bucket in which half of twenty calls have failed", () => {
    const { said, end, allows } = hystrix();
    end(0.1, OK, 10);
    end(0.2, ERROR, 10);
    expect(allows(0.49)).toBe(true); // the bucket is not over: it is not looked into
    expect(allows(0.5)).toBe(false);
    expect(said).toEqual(["0.5 opened: 10 of 20 calls failed: 50 %"]);
  });

  test("nineteen calls are too few, and 49.9 % are 49", () => {
    const few = hystrix();
    few.end(0.1, ERROR, 19);
    expect(few.allows(5)).toBe(true);
    const almost = hystrix();
    almost.end(0.1, OK, 501);
    almost.end(0.1, ERROR, 499);
    expect(almost.allows(5)).toBe(true);
  });

  test("the window is twenty whole buckets: calls fall out of it ten seconds after theirs ended", () => {
    const old = hystrix();
    old.end(0.1, ERROR, 19);
    // At 10.5 s the bucket that ends there and the 19 before it count, from 0.5 s on.
    old.end(10.4, ERROR);
    expect(old.allows(10.5)).toBe(true);
    const within = hystrix();
    within.end(0.1, ERROR, 19);
    within.end(9.9, ERROR); // at 10 s the first bucket is the twentieth back
    expect(within.allows(10)).toBe(false);
  });

  test("after more than five seconds one call is tried; its failure opens it for five more", () => {
    const { said, end, allows } = hystrix();
    end(0.1, ERROR, 20);
    expect(allows(0.5)).toBe(false);
    expect(allows(5.5)).toBe(false);
    expect(allows(5.501)).toBe(true);
    expect(allows(5.502)).toBe(false);
    end(6, ERROR);
    expect(allows(11)).toBe(false);
    expect(allows(11.001)).toBe(true);
    end(12, OK);
    expect(allows(12)).toBe(true);
    expect(said.slice(1)).toEqual(["12 closed: one call was answered after 10 ms"]);
  });

  test("it has forgotten everything when it closes, and counts its buckets from then", () => {
    const { end, allows } = hystrix();
    end(0.1, ERROR, 20);
    allows(0.5);
    allows(6);
    end(6.2, OK);
    end(6.3, ERROR, 19);
    expect(allows(6.7)).toBe(true); // 19 calls
    end(6.75, ERROR);
    expect(allows(7.19)).toBe(true);
    expect(allows(7.2)).toBe(false); // the second bucket since 6.2 s
  });

  test("a trial that is cancelled leaves it open", () => {
    const { end, allows } = hystrix();
    end(0.1, ERROR, 20);
    expect([allows(1), allows(6)]).toEqual([false, true]);
    end(6.1, CANCELLED);
    expect(allows(6.2)).toBe(false);
    expect(allows(11.2)).toBe(true);
  });
});

describe("resilience4j", () => {
  const small = { kind: "resilience4j", window: 4, "minimum-calls": 4, wait: "10 s", permitted: 2 };

  test("judges from the minimum of calls on, at once, on the last of them", () => {
    const { said, end, allows } = watched(small);
    end(1, ERROR, 3);
    expect(allows(1)).toBe(true);
    end(1, OK, 2); // the ring holds error, error, ok, ok at the fifth; the fourth made it 75 %
    expect(said).toEqual(["1 opened: 3 of 4 calls failed, 0 took more than 60 s"]);
  });

  test("old calls fall out of the ring", () => {
    const { end, allows } = watched(small);
    end(1, OK, 3);
    end(1, ERROR, 1); // 1 of 4
    end(1, OK, 3); // error, ok, ok, ok
    end(1, ERROR, 1); // the old error has left
    expect(allows(1)).toBe(true);
    end(1, ERROR, 1); // ok, ok, error, error
    expect(allows(1)).toBe(false);
  });

  test("slow calls count whether they fail or not, above the limit only", () => {
    const slow = { ...small, "slow-call": "1 s", "slow-call-rate": "50 %" };
    const just = watched(slow);
    just.end(1, OK, 4, 1000);
    expect(just.allows(1)).toBe(true);
    const { end, allows } = watched(slow);
    end(1, OK, 2, 10);
    end(1, OK, 2, 1001);
    expect(allows(1)).toBe(false);
  });

  test("after the wait so many are tried, and their rate decides", () => {
    const { end, allows, said } = watched(small);
    end(0, ERROR, 4);
    expect([allows(10), allows(10.1), allows(10.1), allows(10.1)]).toEqual(
      [false, true, true, false], // prettier-ignore
    );
    end(10.2, OK);
    end(10.3, ERROR); // 50 % is too much
    expect([allows(20.3), allows(20.4), allows(20.4)]).toEqual([false, true, true]);
    end(20.5, OK, 2);
    expect(allows(20.5)).toBe(true);
    expect(said.map((each) => each.split(":")[0])).toEqual(["0 opened", "20.5 closed"]);
  });

  test("a trial that is cancelled gives its place back", () => {
    const { end, allows } = watched({ ...small, permitted: 1 });
    end(0, ERROR, 4);
    expect([allows(11), allows(11)]).toEqual([true, false]);
    end(11, CANCELLED);
    expect(allows(12)).toBe(true);
  });

  test("a window in seconds begins with the clock's", () => {
    const timed = { ...small, "window-of": "seconds", window: 2, "minimum-calls": 4 };
    const out = watched(timed);
    out.end(0.9, ERROR, 3);
    out.end(2, ERROR); // second 0 has left the window of seconds 1 and 2
    expect(out.allows(2)).toBe(true);
    const within = watched(timed);
    within.end(0.9, ERROR, 3);
    within.end(1.99, ERROR);
    expect(within.allows(2)).toBe(false);
  });

  test("its defaults are a hundred calls, half of them, a minute, and ten", () => {
    const { end, allows } = watched({ kind: "resilience4j" });
    end(0, OK, 50);
    end(0, ERROR, 49);
    expect(allows(0)).toBe(true);
    end(0, ERROR);
    expect([allows(60), allows(60.001)]).toEqual([false, true]);
    expect(Array.from({ length: 12 }, () => allows(61)).filter(Boolean)).toHaveLength(9);
  });
});

describe("Sentinel's degrade rule", () => {
  const rule = { kind: "sentinel-degrade", "open-for": "10 s" };

  test("opens when every one of at least five calls in a window was slow", () => {
    const { end, allows, said } = watched({ ...rule, "slow-call": "200 ms" });
    end(0.5, OK, 4, 201);
    expect(allows(0.5)).toBe(true);
    end(0.6, OK, 1, 201);
    expect(allows(0.6)).toBe(false);
    expect(said).toEqual(["0.6 opened: 5 of 5 calls were slow"]);
  });

  test("a ratio below one must be exceeded, and a window begins with the clock", () => {
    const half = { ...rule, grade: "error-ratio", ratio: "50 %" };
    const { end, allows } = watched(half);
    end(0.8, OK, 3);
    end(0.9, ERROR, 3);
    expect(allows(0.9)).toBe(true); // exactly half
    end(0.95, ERROR);
    expect(allows(0.95)).toBe(false);
    const late = watched(half);
    late.end(0.9, ERROR, 4);
    late.end(1, ERROR);
    expect(late.allows(1)).toBe(true); // one call in the new window
  });

  test("a number of errors must be exceeded", () => {
    const { end, allows } = watched({ ...rule, grade: "error-count", errors: 5 });
    end(0.1, ERROR, 5);
    expect(allows(0.1)).toBe(true);
    end(0.1, ERROR);
    expect(allows(0.1)).toBe(false);
  });

  test("one call is tried when the time is up; a good one closes it and wipes the window", () => {
    const { end, allows } = watched({ ...rule, grade: "error-ratio", ratio: "20 %" });
    end(0.1, ERROR, 5);
    expect([allows(10.09), allows(10.1), allows(10.1)]).toEqual([false, true, false]);
    end(10.2, ERROR);
    expect([allows(20.19), allows(20.2)]).toEqual([false, true]);
    end(20.3, OK);
    end(20.4, ERROR, 4);
    expect(allows(20.4)).toBe(true); // four calls since it closed
    end(20.4, ERROR);
    expect(allows(20.4)).toBe(false);
  });
});

test("both windows agree with a list of calls that is looked through", () => {
  const calls: { at: number; failed: boolean; slow: boolean }[] = [];
  const last = new LastCalls(7);
  const seconds = new LastSeconds(3);
  for (let call = 0; call < 500; call++) {
    const at = Math.floor(call * call * 0.37) % 9000 === 0 ? call * 80 : call * 79 + (call % 5);
    const made = { at, failed: call % 3 === 0, slow: (call >> 1) % 4 === 0 };
    calls.push(made);
    last.add(made.failed, made.slow);
    seconds.add(made.failed, made.slow, at * MILLISECOND);
    const second = Math.floor(at / 1000);
    const recent = calls.filter((each) => Math.floor(each.at / 1000) > second - 3);
    for (const [tally, of] of [
      [last, calls.slice(-7)],
      [seconds, recent],
    ] as const) {
      // prettier-ignore
      expect([tally.calls, tally.failed, tally.slow]).toEqual([
        of.length,
        of.filter(({ failed }) => failed).length,
        of.filter(({ slow }) => slow).length,
      ]);
    }
  }
});
