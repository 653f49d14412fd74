/** Machines on several terms, charges besides them, and what an outage costs: sums to do by hand. */
import { describe, expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { rehearse, till, twentyRefused } from "../../support/till.ts";

/** A tenth of a cent a second for each box, so thirty cents for three of them. */
const threeBoxes = { till: { fleet: { type: "box", instances: 3 } } };
const prices = { box: { price: "3.6 USD/hour" } };

const billOf = async (cost: object, changes: object = threeBoxes) => {
  const { cost: bill } = await run({ ...till(changes), cost: { prices, ...cost } });
  const [part] = bill.parts;
  const paid = Object.fromEntries(part!.terms.map(({ term, total }) => [term, total]));
  return { ...bill, part: part!, paid };
};

describe("three boxes for a hundred seconds", () => {
  test("cost thirty cents on demand", async () => {
    expect(await billOf({})).toMatchObject({ total: "0.30", paid: { "on-demand": "0.30" } });
  });

  test("are covered by reservations first, and what is above may be spot", async () => {
    const reserved = { instances: 1, discount: "30 %" };
    const spot = { share: "50 %", discount: "60 %" };
    const bill = await billOf({ purchase: { till: { reserved, spot } } });
    // 100 s at 0.7, then of 200 s a half at 0.4 and a half at 1, in tenths of a cent.
    expect(bill.paid).toEqual({ reserved: "0.07", spot: "0.04", "on-demand": "0.10" });
    expect(bill.total).toBe("0.21");
  });

  test("do not use five reservations, which are paid all the same", async () => {
    const bill = await billOf({ purchase: { till: { reserved: { instances: 5 } } } });
    expect(bill.paid).toEqual({ reserved: "0.21", spare: "0.14" }); // 30 % off is usual
    expect(bill.part.states["spare"]).toBe("0.14");
    expect(bill.part.instanceHours).toBeCloseTo(300 / 3600, 12);
  });

  test("use up a savings plan that is small, and leave some of one that is large", async () => {
    const small = { commit: "1.8 USD/hour", discount: "28 %" }; // 5 cents in 100 s
    const bill = await billOf({ "savings-plan": small });
    // At the plan's prices they would be 21.6 cents, so 5/21.6 of them are covered.
    expect(bill.paid).toEqual({ "on-demand": "0.230556", "savings-plan": "0.05" });
    const large = { commit: "36 USD/hour", discount: "28 %" }; // one dollar in 100 s
    const { paid, charges, total } = await billOf({ "savings-plan": large });
    expect(paid).toEqual({ "savings-plan": "0.216" });
    expect(charges).toMatchObject([{ name: "savings plan", unit: "not used", total: "0.784" }]);
    expect(total).toBe("1.00");
  });
});

test("a reservation covers its own hour only", async () => {
  const changes = {
    run: { duration: "2 h", window: "1 min" },
    till: { fleet: { type: "box", "start-up": "0 s" }, work: "1 ms" },
    autoscalers: { till: { kind: "schedule", at: [["60 min", 3]] } },
  };
  const cost = {
    prices: { box: { price: "1 USD/hour" } },
    purchase: { till: { reserved: { instances: 2, discount: "30 %" } } },
  };
  const { paid, total } = await billOf(cost, changes);
  // One runs in the first hour, so one is spare; three in the second, so one is on demand.
  expect(paid).toEqual({ "on-demand": "1.00", reserved: "2.10", spare: "0.70" });
  expect(total).toBe("3.80");
});

describe("besides machines", () => {
  const chargesOf = async (charge: object, changes: object = {}) => {
    const { charges } = await billOf({ charges: { extra: charge } }, changes);
    return charges.map(({ unit, quantity, total }) => ({ unit, quantity, total }));
  };

  test("a hundred requests at a dollar a thousand are ten cents", async () => {
    const charge = { kind: "requests", of: "till", price: "1 USD", per: 1000 };
    expect(await chargesOf(charge)).toEqual([{ unit: "requests", quantity: 100, total: "0.10" }]);
  });

  test("answers are paid by the GB, those of requests that succeeded", async () => {
    const sizes = { share: "100 %", "request-bytes": "2 MB", "answer-bytes": "1 GB" };
    const changes = { mix: { buy: sizes }, faults: twentyRefused };
    const paid = async (direction: string) => {
      const charge = { kind: "transfer", of: "till", price: "0.09 USD", direction };
      const [position] = await chargesOf(charge, changes);
      return [position!.quantity, position!.total];
    };
    expect(await paid("out")).toEqual([79, "7.11"]);
    expect(await paid("in")).toEqual([0.2, "0.018"]); // a hundred were sent
    expect(await paid("both")).toEqual([79.2, "7.128"]);
  });

  test("disks, licences and what is fixed are paid by time", async () => {
    const disks = { kind: "storage", size: "73 TB", price: "0.08 USD/month" };
    expect(await chargesOf(disks)).toMatchObject([{ total: "0.222222" }]); // 8 USD an hour
    const licence = { kind: "licence", of: "till", price: "3.6 USD/hour" };
    expect(await chargesOf(licence, threeBoxes)).toMatchObject([{ total: "0.30" }]);
    const fixed = { kind: "fixed", price: "3.6 USD/hour", count: 2 };
    expect(await chargesOf(fixed)).toMatchObject([{ total: "0.20" }]);
  });

  /** The example of AWS's price list: 0.0225 by the hour, and 1.08 units at 0.008. */
  test("an ALB costs what its largest dimension needs", async () => {
    const sizes = { share: "100 %", "request-bytes": "10 kB", "answer-bytes": "50 kB" };
    const changes = {
      run: { duration: "10 min", window: "10 s" },
      mix: { buy: sizes },
      till: { work: "1 ms" },
    };
    const scenario = {
      ...till(changes),
      cost: {
        prices,
        charges: {
          alb: {
            kind: "capacity-units",
            of: "till",
            "requests-per-connection": 5, // one new connection a second: 0.04 units
            "connection-time": "120 s", // 120 active ones: 0.04 units
            rules: 60, // 250 evaluations a second: 0.25 units
          }, // 300 kB a second, 1.08 GB an hour: 1.08 units
        },
      },
    };
    const atFive = { set: ["workloads.shoppers.arrivals.rate=5 rps"] };
    const { charges } = (await run(scenario, atFive)).cost;
    expect(charges.map(({ unit }) => unit)).toEqual(["balancer hours", "LCU-hours"]);
    expect(charges[0]).toMatchObject({ quantity: 1, total: "0.0225" }); // an hour that was begun
    expect(charges[1]!.quantity).toBeCloseTo(1.08, 3);
    expect(Number(charges[1]!.total)).toBeCloseTo(0.00864, 5);
  });

  // Five requests a second without a byte; a unit is 25 new connections a second, 3,000 active ones,
  // 1 GB an hour or 1,000 evaluations a second.
  test.each([
    ["new connections", { "requests-per-connection": 2, "connection-time": "1 s" }, 2.5 / 25],
    ["active connections", { "requests-per-connection": 5, "connection-time": "600 s" }, 0.2],
    ["evaluations", { "requests-per-connection": 5, rules: 60 }, 0.25],
  ])("an ALB may need the most for its %s", async (_, habits, units) => {
    const mix = { buy: { share: "100 %", "request-bytes": "0 B", "answer-bytes": "0 B" } };
    const changes = { run: { duration: "10 min" }, mix, till: { work: "1 ms" } };
    const alb = { kind: "capacity-units", of: "till", ...habits };
    const scenario = { ...till(changes), cost: { prices, charges: { alb } } };
    const atFive = { set: ["workloads.shoppers.arrivals.rate=5 rps"] };
    const { charges } = (await run(scenario, atFive)).cost;
    expect(charges[1]!.quantity).toBeCloseTo(units, 3);
  });

  test("charges are part of the total", async () => {
    const { total } = await billOf({
      charges: { extra: { kind: "fixed", price: "3.6 USD/hour" } },
    });
    expect(total).toBe("0.40");
  });
});

test("orders that failed are lost at their worth", async () => {
  const mix = { buy: { share: "100 %", worth: "38 USD" } };
  const { cost } = await rehearse({ mix, faults: twentyRefused });
  expect(cost.orders).toEqual([
    {
      ...{ of: "buy", currency: "USD", worth: "38.00" },
      ...{ done: 79, lost: 20, earned: "3002.00", missed: "760.00" },
    },
  ]);
  expect(cost.total).toBe("0.10");
});

describe("a month in which twenty requests fail once", () => {
  // The month has 2,628,000 s; the run of 100 s asks at 0.99 a second, and so does the rest.
  const availability = 1 - 20 / (0.99 * 2_628_000);
  const tiers = [
    { below: "99.9999 %", credit: "10 %" },
    { below: "99 %", credit: "30 %" },
  ];
  const creditOf = async (sla: unknown, more: object = {}) => {
    const scenario = { ...till({ faults: twentyRefused }), cost: { prices, sla }, ...more };
    return (await run(scenario)).cost.credit!;
  };

  test("is in the tier its availability falls in, on the bill that the run implies", async () => {
    const credit = await creditOf(tiers);
    expect(credit.availability).toBeCloseTo(availability, 12);
    expect(credit).toMatchObject({ share: 0.1, bill: "2628.00", amount: "262.80" });
  });

  test("counts what failed before", async () => {
    const credit = await creditOf(tiers, { history: { failed: "2 %" } });
    expect(credit.availability).toBeCloseTo(0.98, 4);
    expect(credit).toMatchObject({ share: 0.3, amount: "788.40" });
  });

  test("is weighed by the traffic of the rest of the month", async () => {
    const credit = await creditOf("aws-s3", { history: { rate: "0.001 rps" } });
    // 20 of 99 + 2,627.9 failed: below 99.9 %, above 99 %.
    expect(credit.availability).toBeCloseTo(1 - 20 / (99 + 2627.9), 9);
    expect(credit.share).toBe(0.1);
  });

  test("gives nothing back of what was kept", async () => {
    expect(await creditOf("aws-s3")).toMatchObject({ share: 0, amount: "0.00" });
  });
});
