import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import type { Backends } from "../../../src/model/balancers/balancer.ts";
import { powerOfChoices } from "../../../src/model/balancers/power-of-choices.ts";
import { contains, studentInterval, wilsonInterval } from "../../../src/statistics/intervals.ts";
import { anyCall, Pool } from "../../support/pool.ts";

const kind = "power-of-choices";

test("two distinct of two backends are both of them, so the idle one is always found", () => {
  const pool = new Pool(kind, [1, 1]);
  const busy = pool.send();
  expect(new Set(pool.askAll(200))).toEqual(new Set([1 - busy]));
});

test("with replacement the busy one is drawn twice, and taken, one time in four", () => {
  const pool = new Pool({ kind, replacement: true }, [1, 1]);
  const busy = pool.send();
  const toBusy = pool.askAll(10_000).filter((id) => id === busy).length;
  const { low, high } = wilsonInterval(toBusy, 10_000, 0.999);
  expect(low).toBeLessThan(0.25);
  expect(high).toBeGreaterThan(0.25);
});

test("load is counted per weight", () => {
  // In flight 2 of weight 4 against 1 of weight 1: the heavy one is the less loaded.
  const heavyFirst: Backends = {
    size: 2,
    weight: (position) => [4, 1][position]!,
    inFlight: (position) => [2, 1][position]!,
    limit: () => Infinity,
    id: (position) => position,
    zone: () => "a",
  };
  const balancer = powerOfChoices.create(
    { choices: 2, replacement: false },
    { random: new Random("per weight"), clock: { now: 0 } },
  );
  balancer.changed!(heavyFirst);
  for (let call = 0; call < 100; call++) expect(balancer.choose(heavyFirst, anyCall)).toBe(0);
});

test("more choices than backends are all of them", () => {
  const pool = new Pool({ kind, choices: 5 }, [1, 1, 1]);
  expect(pool.sendAll(3).sort()).toEqual([0, 1, 2]);
});

/**
 * Mean response of 100 exponential servers (mean 1 s) at utilisation 0.5. Published for two distinct
 * choices: 1.267 s (Mitzenmacher, IEEE TPDS 12(10), 2001; 1.266 s for infinitely many servers). An
 * independent simulation with replacement, the other reading of "two choices", gave 1.272 s.
 */
test.each([
  { replacement: false, seconds: 1.267 },
  { replacement: true, seconds: 1.272 },
])("a hundred servers answer in $seconds s (replacement: $replacement)", (expected) => {
  const responses = Array.from({ length: 20 }, (_, run) =>
    meanResponse(expected.replacement, `power/${run}`),
  );
  const interval = studentInterval(responses, 0.999);
  expect(interval.halfWidth).toBeLessThan(0.0035);
  expect(contains(interval, expected.seconds)).toBe(true);
});

/** Mean service plus mean wait: calls waiting, averaged over time, per arrival rate (Little). */
function meanResponse(replacement: boolean, stream: string): number {
  const servers = 100;
  const arrivalRate = 50;
  const random = new Random(stream);
  const balancer = powerOfChoices.create(
    { choices: 2, replacement },
    { random, clock: { now: 0 } },
  );
  const inFlight = new Int32Array(servers);
  const backends: Backends = {
    size: servers,
    inFlight: (position) => inFlight[position]!,
    weight: () => 1,
    limit: () => Infinity,
    id: (position) => position,
    zone: () => "a",
  };
  balancer.changed!(backends);
  let [waiting, area, time] = [0, 0, 0];
  for (let event = 0; event < 420_000; event++) {
    if (event === 20_000) [area, time] = [0, 0]; // 200 mean service times are long enough to settle
    // Uniformised: every server "finishes" at rate 1, to no effect when it is idle.
    area += waiting;
    time += 1;
    const dice = random.next() * (arrivalRate + servers);
    if (dice < arrivalRate) {
      if (inFlight[balancer.choose(backends, anyCall)]!++ > 0) waiting++;
    } else {
      const server = Math.floor(dice - arrivalRate);
      if (inFlight[server]! > 0 && --inFlight[server]! > 0) waiting--;
    }
  }
  return 1 + area / time / arrivalRate;
}
