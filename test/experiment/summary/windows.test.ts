/** Time series: every window is right, and together they are the whole. */
import { expect, test } from "vitest";
import { rehearse, twentyRefused } from "../../support/till.ts";

const sum = (series: readonly (number | null)[], seconds: number) =>
  Math.round(series.reduce<number>((all, rate) => all + (rate ?? 0) * seconds, 0));

test("a window holds what happens from its start to just before its end; the last one its end as well", async () => {
  const { windows } = await rehearse();
  expect(windows.length).toBe(10);
  expect(windows.start).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  const { arrivals, goodput } = windows.classes["shoppers"]!;
  expect(arrivals).toEqual([0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1.1]);
  expect(goodput).toEqual([0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test("windows add up to the totals, part by part and class by class", async () => {
  const retry = { attempts: 2, backoff: { kind: "constant", delay: "1 s" } };
  const mix = { buy: { share: "30 %" }, look: { share: "70 %" } };
  const { windows, total, parts } = await rehearse({
    mix,
    client: { retry },
    faults: twentyRefused,
  });
  const { arrivals, goodput, failed, attempts } = windows.classes["all"]!;
  expect(sum(arrivals, 10)).toBe(total.generated);
  expect(sum(goodput, 10)).toBe(total.succeeded);
  expect(sum(failed["refused"]!, 10)).toBe(total.failed["refused"]);
  expect(sum(attempts, 10)).toBe(total.attempts);
  expect(
    sum(windows.classes["buy"]!.arrivals, 10) + sum(windows.classes["look"]!.arrivals, 10),
  ).toBe(100);
  const { calls } = parts[0]!;
  const series = windows.parts["till"]!;
  expect(sum(series.arrivals, 10)).toBe(calls.arrived);
  expect(sum(series.ok, 10)).toBe(calls.ok);
  expect(sum(series.failed, 10)).toBe(calls.failed["refused"]);
});

test("a failure counts in the window in which it happens", async () => {
  const { windows } = await rehearse({ faults: twentyRefused });
  const { goodput, failed, p99 } = windows.classes["shoppers"]!;
  expect(failed["refused"]).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
  expect(goodput!.slice(3, 7)).toEqual([1, 0, 0, 1]);
  expect(p99.slice(4, 6)).toEqual([null, null]); // nobody was answered
});

test("utilisation is the busy share of what served; null while nothing did", async () => {
  const { windows, parts } = await rehearse({ faults: twentyRefused });
  const { utilisation, instances } = windows.parts["till"]!;
  expect(utilisation.slice(0, 5)).toEqual([0.45, 0.5, 0.5, 0.5, null]);
  expect(utilisation[5]).toBe(0); // half a second at the end
  expect(instances["ready"]!.slice(3, 7)).toEqual([1, 0, 0.05, 1]);
  expect(instances["crashed"]!.slice(3, 7)).toEqual([0, 1, 0.85, 0]);
  expect(instances["starting"]!.slice(3, 7)).toEqual([0, 0, 0.1, 0]);
  // Busy for 79 half seconds of the 80.5 s in which the till was there.
  expect(parts[0]!.utilisation).toBeCloseTo(39.5 / 80.5, 12);
  expect(parts[0]!.fleet).toMatchObject({ initial: 1, peak: 1, readyMin: 0 });
  expect(parts[0]!.fleet!.readyMean).toBeCloseTo(0.805, 12);
});

test("a last window that is shorter has the same rates", async () => {
  const { windows } = await rehearse({ run: { duration: "95500 ms" } });
  expect(windows.start.at(-1)).toBe(90);
  expect(windows.classes["shoppers"]!.arrivals.at(-1)).toBeCloseTo(6 / 5.5, 12); // 90 … 95
  expect(windows.parts["till"]!.utilisation.at(-1)).toBeCloseTo(3 / 5.5, 12); // the 95th is done at 95.5
});

test("the queue and the waits of a window", async () => {
  // Two seconds of work each second: the n-th waits n - 1 seconds; at 10 s four wait, at 20 s nine.
  const { windows } = await rehearse({ run: { duration: "20 s" }, till: { work: "2 s" } });
  const { queueLength, waitingTime, utilisation } = windows.parts["till"]!;
  // Served from 1, 3, 5, 7 and 9 after waits of 0 to 4 s.
  expect(waitingTime[0]).toBe(2);
  expect(utilisation[1]).toBe(1);
  // Queue over [1, 10): 0 1 1 2 2 3 3 4 4 call-seconds.
  expect(queueLength[0]).toBe(2);
});

test("a window tells what is in flight as it closes, how long service took, and why calls failed", async () => {
  const { windows } = await rehearse();
  const { inFlight, p95 } = windows.classes["shoppers"]!;
  expect(inFlight).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]); // born at the last instant
  expect(p95[3]).toBeCloseTo(0.5, 2);
  const { serviceTime, failures } = windows.parts["till"]!;
  expect(serviceTime.slice(0, 3)).toEqual([0.5, 0.5, 0.5]);
  expect(failures).toEqual({});
  const refused = (await rehearse({ faults: twentyRefused })).windows.parts["till"]!.failures;
  expect(refused).toEqual({ refused: [0, 0, 0, 0, 1, 1, 0, 0, 0, 0] });
});
