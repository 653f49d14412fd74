/** What gave way first: the callee, not the caller whose slots are full because of it. */
import { expect, test } from "vitest";
import { rehearse, twentyRefused } from "../../support/till.ts";

/** A till of ten slots that asks a store of one slot for as long as it takes. */
const asking = (storeWork: string, tillWork = "0 s") => ({
  till: {
    work: undefined,
    slots: 10,
    operations: { default: [{ work: tillWork }, { call: "store" }] },
  },
  parts: { store: { kind: "service", slots: 1, work: storeWork, "health-check": "none" } },
});

test("the store that is too slow, not the till whose slots it keeps", async () => {
  // The store serves one in 4 s; after some 13 s the till's ten slots are full as well.
  const { bottleneck } = await rehearse(asking("4 s"));
  expect(bottleneck).toMatchObject({ part: "store", at: 10 });
  expect(bottleneck!.sentence).toMatch(/^store ran out of slots first: 100 % of them/);
});

test("also when both fill in the same window", async () => {
  const { bottleneck } = await rehearse({ ...asking("60 s"), run: { window: "50 s" } });
  expect(bottleneck).toMatchObject({ part: "store" });
});

test("the till, when it is the till that is too slow", async () => {
  const slow = asking("10 ms", "20 s"); // ten slots of 20 s take half of what comes
  const { bottleneck } = await rehearse(slow);
  expect(bottleneck).toMatchObject({ part: "till" });
});

test("the part that failed, not those who asked it", async () => {
  const faults = [{ ...twentyRefused[0], of: "store" }];
  const { bottleneck } = await rehearse({ ...asking("100 ms"), faults });
  expect(bottleneck).toMatchObject({
    part: "store",
    at: 40,
    evidence: "failed",
    sentence: "store was the first to fail: 100 % of its calls were not answered.",
  });
});

test("if nothing gave way, the part that came closest", async () => {
  const { bottleneck } = await rehearse({ ...asking("800 ms") });
  expect(bottleneck!.part).toBe("store");
  expect(bottleneck!.sentence).toMatch(/^Nothing ran out: store came closest, with 80 %/);
});

test("what happens in the warm-up does not count", async () => {
  const { bottleneck } = await rehearse({ faults: twentyRefused, run: { "warm-up": "60 s" } });
  expect(bottleneck!.sentence).toMatch(/^Nothing ran out: till came closest, with 5\d %/);
});
