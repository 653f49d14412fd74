/** The share of unavailability by cause, each cause of a night in which nothing else happens. */
import { expect, test } from "vitest";
import { run, type Result } from "../../../src/index.ts";
import { rehearse, till, twentyRefused } from "../../support/till.ts";

const shares = ({ blame }: Result) => blame.map(({ cause, failed }) => [cause, failed]);

/** Four requests a second at a till that takes two and keeps no queue: half of 396 are dropped. */
const crowd = (more: object = {}) => ({
  workloads: {
    shoppers: { to: "till", arrivals: { kind: "deterministic", rate: "4 rps" } },
  },
  ...more,
});

const crowded = (more: object = {}, tillMore: object = {}) =>
  run({ ...till({ till: { queue: { limit: 0 }, ...tillMore } }), ...crowd(more) });

test("all twenty that a crashed till refused are the fault's", async () => {
  const result = await rehearse({ faults: twentyRefused });
  expect(result.blame).toEqual([{ cause: "fault", failed: 20, share: 1 }]);
});

test("nobody is blamed where nothing failed", async () => {
  expect((await rehearse()).blame).toEqual([]);
});

test("what finds the queue full without a fault is overload", async () => {
  const result = await crowded();
  expect(result.blame).toEqual([
    { cause: "overload", failed: result.total.failed.dropped, share: 1 },
  ]);
});

test("a fault where users were unwell before has only the windows in which it lasts", async () => {
  const faults = [{ kind: "crash", of: "till", at: "40 s", repair: "18500 ms" }];
  const result = await crowded({ faults });
  const [fault, overload] = shares(result);
  // Eighty came in the two windows; the till is back at 59.5 s and takes one of the last two.
  expect(fault).toEqual(["fault", 79]);
  expect(overload).toEqual(["overload", result.total.failed.dropped! - 1]);
});

test("time-outs are chance at a till with room, and overload at a full one", async () => {
  const client = { timeout: "400 ms" };
  expect(shares(await rehearse({ client }))).toEqual([["chance", 99]]);
  const full = await rehearse({ client, till: { work: "1 s" } });
  // Busy from the first call at 1 s on: nine tenths of the first window, in which nine time out.
  expect(shares(full)).toEqual([
    ["overload", 90],
    ["chance", 9],
  ]);
});

test("an error without a fault came from a call behind", async () => {
  const result = await rehearse({
    till: { slots: 9, work: undefined, operations: { shoppers: [{ call: "bank" }] } },
    parts: {
      bank: {
        kind: "service",
        slots: 1,
        work: "1500 ms",
        queue: { limit: 0 },
        "health-check": "none",
      },
    },
  });
  // It serves the calls of odd seconds; those of even ones, up to the end, find it full.
  expect(shares(result)).toEqual([["dependency", 50]]);
});

test("what a bad version does to users is the deployment's", async () => {
  const rollouts = [
    { kind: "rolling", of: "till", at: "50 s", version: { name: "new", "error-rate": "100 %" } },
  ];
  const { blame } = await run({ ...till(), rollouts });
  expect(blame).toMatchObject([{ cause: "deployment", share: 1 }]);
});
