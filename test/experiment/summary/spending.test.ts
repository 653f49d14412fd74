/** The bill laid over time: by hand where that is short, and always adding up to the machines' lines. */
import { expect, test } from "vitest";
import type { Result } from "../../../src/experiment/result.ts";
import { run } from "../../../src/index.ts";
import { till } from "../../support/till.ts";

const prices = { box: { price: "3.6 USD/hour" } };

/** Runs of equal amounts, each as [amount per hour, windows]. */
function steps(series: readonly number[]): [number, number][] {
  const told: [number, number][] = [];
  for (const amount of series.map((each) => Number(each.toFixed(9)))) {
    const last = told.at(-1);
    if (last?.[0] === amount) last[1]++;
    else told.push([amount, 1]);
  }
  return told;
}

const spendingOf = async (changes: object, cost: object) =>
  (await run({ ...till(changes), cost: { prices, ...cost } })).cost.spending;

const threeFromTheSecondHour = {
  run: { duration: "2 h", window: "1 min" },
  till: { fleet: { type: "box", "start-up": "0 s" }, work: "1 ms" },
  autoscalers: { till: { kind: "schedule", at: [["60 min", 3]] } },
};

test("what is reserved costs the same all through its hour, what is above it by the machine", async () => {
  const reserved = { instances: 2, discount: "30 %" };
  const spending = await spendingOf(threeFromTheSecondHour, {
    purchase: { till: { reserved } },
  });
  // Two at 2.52 an hour, from the second hour on one more at 3.60.
  expect(steps(spending["till"]!)).toEqual([
    [5.04, 60],
    [8.64, 60],
  ]);
});

test("a share is spot, and a savings plan covers its part; what it does not cover is told apart", async () => {
  const spot = { share: "50 %", discount: "60 %" };
  const cost = {
    purchase: { till: { spot } },
    "savings-plan": { commit: "2 USD/hour", discount: "50 %" },
  };
  const spending = await spendingOf(threeFromTheSecondHour, cost);
  // One box: half of it spot at 1.44; the rest would be 0.90 of the plan's 2.00 an hour.
  // Three boxes: 1.5 spot at 1.44; of 1.5 on demand 2.70 at the plan's prices, the plan covers 2/2.7.
  const rest = 1.5 * 3.6 * (1 - 2 / 2.7);
  expect(steps(spending["till"]!)).toEqual([
    [0.72 + 0.9, 60],
    [Number((2.16 + 2 + rest).toFixed(9)), 60],
  ]);
  expect(steps(spending["savings plan"]!)).toEqual([
    [1.1, 60],
    [0, 60],
  ]);
});

test("a machine that ran ten seconds is paid for a minute from its launch on", async () => {
  const changes = {
    run: { duration: "200 s", window: "10 s" },
    till: { fleet: { type: "box", "start-up": "0 s" }, work: "1 ms" },
    autoscalers: {
      till: {
        kind: "schedule",
        at: [
          ["40 s", 2],
          ["50 s", 1],
        ],
      },
    },
  };
  const { till: spent } = await spendingOf(changes, {});
  expect(steps(spent!)).toEqual([
    [3.6, 4],
    [7.2, 6],
    [3.6, 10],
  ]);
});

test("a reserve at half the price is paid all through the run", async () => {
  const standby = { instances: 1, state: "warm", cost: "50 %" };
  const spending = await spendingOf({ till: { fleet: { type: "box", standby } } }, {});
  expect(steps(spending["till"]!)).toEqual([[5.4, 10]]);
});

const everything = {
  purchase: {
    till: { reserved: { instances: 2 }, spot: { share: "30 %", discount: "60 %" } },
  },
  "savings-plan": { commit: "4 USD/hour" },
};

/** Machines that die by chance, come back and are replaced; windows that no hour is a multiple of. */
const turbulent = {
  run: { duration: "100 min", window: "7 min", replications: 3 },
  till: {
    fleet: {
      type: "box",
      instances: 4,
      "start-up": "20 s",
      "warm-pool": { size: 1, cost: "20 %" },
    },
    work: "100 ms",
  },
  autoscalers: {
    till: {
      kind: "schedule",
      at: [
        ["33 min", 9],
        ["34 min", 2],
        ["99 min", 6],
      ],
    },
  },
  faults: [
    {
      kind: "crash",
      of: "till",
      "time-between": { kind: "exponential", mean: "20 min" },
      repair: { kind: "exponential", mean: "5 min" },
    },
  ],
};

test.each([
  ["on demand", {}],
  ["on all terms at once", everything],
])("the areas come to the machines' lines of the bill, %s", async (_, cost) => {
  const result = await run({ ...till(turbulent), cost: { prices, ...cost } });
  const { parts, charges, spending } = result.cost;
  const billed = (lines: readonly { total: string }[]) =>
    lines.reduce((sum, { total }) => sum + Number(total), 0);
  expect(areaOf(spending["till"]!, result)).toBeCloseTo(billed(parts), 5);
  expect(billed(parts)).toBeGreaterThan(10);
  expect(areaOf(spending["savings plan"] ?? [], result)).toBeCloseTo(billed(charges), 5);
});

function areaOf(series: readonly number[], { windows, run: { duration } }: Result): number {
  return series.reduce((sum, amount, at) => {
    const seconds = Math.min(windows.length, duration - windows.start[at]!);
    return sum + (amount * seconds) / 3600;
  }, 0);
}
