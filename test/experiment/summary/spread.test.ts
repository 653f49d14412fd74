/** Latencies over time and into the tail, of a till that takes half a second for everybody. */
import { expect, test } from "vitest";
import { rehearse } from "../../support/till.ts";

test("a latency of everybody fills one row, in the windows in which it was seen", async () => {
  const { windows } = await rehearse();
  const { bounds, counts } = windows.spread;
  expect(bounds).toEqual([0.5, 0.63]);
  expect(counts).toHaveLength(1);
  // Born on the whole seconds 1 to 100, ended half a second later: the last is never seen.
  expect(counts[0]!.reduce((sum, count) => sum + count, 0)).toBe(99);
  expect(counts[0]).toHaveLength(windows.start.length);
});

test("a growing queue spreads latencies over rows that follow one another", async () => {
  // One till, 1.55 s of work each second: request k waits k · 0.55 s; none is within 0.4 % of a bound.
  const { windows, total } = await rehearse({ till: { work: "1550 ms" } });
  const { bounds, counts } = windows.spread;
  const latencies = Array.from({ length: total.latency.count }, (_, k) => 1.55 + k * 0.55);
  const rows = counts.map((_, row) =>
    latencies.filter((latency) => latency >= bounds[row]! && latency < bounds[row + 1]!),
  );
  const seen = counts.map((windows) => windows.reduce((sum, count) => sum + count, 0));
  expect(seen).toEqual(rows.map(({ length }) => length));
  expect(bounds.slice(0, 4)).toEqual([1.25, 1.6, 2, 2.5]);
});

test("the tail steps by Renard's series as far as there are requests", async () => {
  const { total } = await rehearse();
  expect(total.tail.oneIn.slice(0, 11)).toEqual([1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8, 10]);
  expect(total.tail.oneIn.at(-1)).toBe(80);
  expect(new Set(total.tail.latency)).toEqual(new Set([0.5]));
});

test("edges say who calls whom, workloads first", async () => {
  const { edges } = await rehearse();
  expect(edges).toEqual([{ kind: "workload", from: "shoppers", to: "till" }]);
});
