/** How each part fared over the measured part of the run. */
import { expect, test } from "vitest";
import { rehearse, twentyRefused } from "../../support/till.ts";

const ended = ({ ok, failed }: { ok: number; failed: Record<string, number> }) =>
  Object.values(failed).reduce((all, count) => all + count, ok);

test("calls in flight when the measurement begins count as arrived, so that the sum is right", async () => {
  const changes = { run: { "warm-up": "20 s" }, till: { slots: 2, work: "1500 ms" } };
  const { parts } = await rehearse(changes);
  // Born at 20 … 100: 81, and the one of 19 s that is still out at 20 s; those of 99 and 100 s are left.
  expect(parts[0]!.calls).toEqual({ arrived: 82, ok: 80, failed: {}, inFlight: 2 });
});

test("calls are conserved where timeouts, retries and a crash meet the end of the warm-up", async () => {
  const retry = { attempts: 3, backoff: { kind: "constant", delay: "700 ms" } };
  const changes = {
    run: { "warm-up": "41 s" },
    client: { timeout: "800 ms", retry },
    till: { work: "900 ms", slots: 2 },
    faults: twentyRefused,
  };
  const { parts, total } = await rehearse(changes);
  const { calls } = parts[0]!;
  expect(calls.arrived).toBe(ended(calls) + calls.inFlight);
  expect(total.generated).toBe(
    total.succeeded +
      Object.values(total.failed).reduce((all, count) => all + count, 0) +
      total.inFlight,
  );
});

test("utilisation, queue and times begin with the measurement", async () => {
  // Overloaded for ten seconds, then quiet: nothing of it may be seen after the warm-up.
  const faults = [{ kind: "slow", of: "till", at: "0 s", for: "10 s", factor: 4 }];
  const { parts } = await rehearse({ faults, run: { "warm-up": "50 s" } });
  expect(parts[0]).toMatchObject({
    utilisation: 0.5,
    queueLength: { mean: 0, max: 0 },
    waitingTime: { mean: 0, max: 0, count: 51 },
    serviceTime: { mean: 0.5, max: 0.5, count: 50 },
    wasted: 0,
  });
});

test("waste is slot-time for callers that had gone", async () => {
  const { parts } = await rehearse({ client: { timeout: "300 ms" } });
  expect(parts[0]!.wasted).toBe(1);
});

test("a cache tells its hits and misses, a part without slots no queue", async () => {
  const mix = { buy: { share: "100 %", operation: "get", keys: { kind: "uniform", items: 1 } } };
  const parts = { memory: { kind: "cache", behind: "till" } };
  const result = await rehearse({ mix, parts }, { set: ["workloads.shoppers.to=memory"] });
  const memory = result.parts.find(({ name }) => name === "memory")!;
  // One item for ever: the first call fetches it, the other 99 find it.
  expect(memory.cache).toEqual({
    hits: 99,
    misses: 1,
    coalesced: 0,
    evictions: 0,
    stale: 0,
    filtered: 0,
    hitRatio: 0.99,
  });
  expect(memory).toMatchObject({ utilisation: null, queueLength: null, waitingTime: null });
});

test("a cache tells what it answered past its time, and what its filter stopped", async () => {
  const mix = (keys: object) => ({ buy: { share: "100 %", operation: "get", keys } });
  const memory = { kind: "cache", behind: "till", ttl: "10250 ms" };
  const set = ["workloads.shoppers.to=memory"];
  const cacheOf = async (keys: object, parts: object) => {
    const result = await rehearse({ mix: mix(keys), parts }, { set });
    return result.parts.find(({ name }) => name === "memory")!.cache;
  };
  // Fetched at 1 s, kept from 1.5 to 11.75 s; 12 s is late, fetches it again, and so each 11 s until 100 s.
  const one = { kind: "uniform", items: 1 };
  const stale = { memory: { ...memory, "stale-while-revalidate": "1 h" } };
  expect(await cacheOf(one, stale)).toMatchObject({ hits: 99, misses: 1, stale: 9, filtered: 0 });
  // With 500 bits an item one made-up key of 10^18 passes.
  const stock = { kind: "database", slots: 9, read: "1 ms", items: 10 };
  const filter = { "bloom-filter": { "bits-per-item": 500, hashes: 9 } };
  const stopped = { memory: { ...memory, ...filter, behind: "stock" }, stock };
  const madeUp = { kind: "absent", beyond: 10, items: 1000 };
  expect(await cacheOf(madeUp, stopped)).toMatchObject({ hits: 100, misses: 0, filtered: 100 });
});

test("disks and networks are busy for as long as calls use them", async () => {
  const operations = { default: [{ disk: 1 }, { network: "100 kB" }] };
  const hardware = {
    disk: { iops: 4, "at-once": 2 },
    network: { "bytes-per-second": "1 MB" },
  };
  const { parts } = await rehearse({ till: { work: undefined, operations, ...hardware } });
  // One call a second: half a second on one of two places of the disk, a tenth on the network.
  expect(parts[0]!.hardware!.disk).toBeCloseTo(0.25, 2);
  expect(parts[0]!.hardware!.network).toBeCloseTo(0.1, 2);
  const { parts: plain } = await rehearse({});
  expect(plain[0]).not.toHaveProperty("hardware");
});
