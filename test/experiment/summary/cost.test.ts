/** The bill: what the machines cost, and what they were doing for the money. */
import { describe, expect, test } from "vitest";
import type { Result } from "../../../src/experiment/result.ts";
import { run } from "../../../src/index.ts";
import { rehearse, twentyRefused } from "../../support/till.ts";

/** Ten requests a second of 100 ms each on a machine of two cores for 0.60 USD an hour: 0.10 USD a run. */
function halfBusy(step: string, client = "{}"): string {
  return `
title: Half busy
run: { duration: 10 min }
workloads:
  shoppers: { to: web, arrivals: { kind: deterministic, rate: 10 rps }, client: ${client} }
parts:
  web:
    kind: service
    fleet: { type: small }
    slots: 2
    operations: { default: [{ ${step} }] }
cost: { prices: { small: { price: 0.60 USD/hour, cores: 2 } } }
`;
}

const statesOf = async (scenario: string) => {
  const states = (await run(scenario)).cost.parts[0]!.states;
  return Object.fromEntries(Object.entries(states).map(([state, sum]) => [state, Number(sum)]));
};

test("half of the money is useful when half of the slots are busy", async () => {
  const { useful, idle } = await statesOf(halfBusy("work: 100 ms"));
  expect(useful).toBeCloseTo(0.05, 4);
  expect(idle).toBeCloseTo(0.05, 4);
});

test("where cores are declared they count, however many slots there are", async () => {
  const scenario = halfBusy("cpu: 100 ms").replace("slots: 2", "slots: 200");
  const { useful, idle } = await statesOf(scenario);
  expect(useful).toBeCloseTo(0.05, 4);
  expect(idle).toBeCloseTo(0.05, 4);
});

test("work for clients that have given up is wasted, not useful", async () => {
  const { wasted, useful = 0 } = await statesOf(halfBusy("cpu: 100 ms", "{ timeout: 50 ms }"));
  expect(wasted).toBeCloseTo(0.05, 4);
  expect(useful).toBeCloseTo(0, 4);
});

describe("at a tenth of a cent a second", () => {
  const at = (...points: [string, number][]) => ({ till: { kind: "schedule", at: points } });

  test("a hundred seconds of one till cost ten cents", async () => {
    const { cost } = await rehearse();
    expect(cost).toMatchObject({
      currency: "USD",
      total: "0.10",
      perHour: "3.60",
      perThousandRequests: "1.00", // of a hundred
      perThousandGood: "1.010101", // of 99
    });
    const [bill] = cost.parts;
    expect(bill).toMatchObject({ part: "till", type: "box", pricePerHour: "3.60", total: "0.10" });
    expect(bill!.instanceHours).toBeCloseTo(100 / 3600, 12);
    // Busy for 99 half seconds, and the till is quick enough to be idle for the rest.
    expect(bill!.states).toEqual({ useful: "0.0495", idle: "0.0505" });
  });

  test("an instance is paid for from its launch, by the second begun", async () => {
    const { cost } = await rehearse({ autoscalers: at(["10400 ms", 2]) });
    expect(cost.total).toBe("0.19"); // 100 s and 89.6 s, which is 90
  });

  test("and for a minute at least", async () => {
    const { cost } = await rehearse({ autoscalers: at(["10 s", 2], ["20 s", 1]) });
    expect(cost.total).toBe("0.16"); // 100 s, and 60 s for ten
  });

  test("a crash is paid for: the machine is down, then starting", async () => {
    const { cost } = await rehearse({ faults: twentyRefused });
    // 18.5 s down, 1 s starting, 79 half seconds of work, and the rest of the hundred idle.
    expect(cost.parts[0]!.states).toEqual({
      useful: "0.0395",
      idle: "0.041",
      warming: "0.001",
      down: "0.0185",
    });
  });

  test("a replaced machine is paid for until it is given up, its successor from its launch", async () => {
    const till = { fleet: { type: "box", "start-up": "1 s", "replace-after": "30 s" } };
    const { cost } = await rehearse({ till, faults: [{ kind: "crash", of: "till", at: "40 s" }] });
    expect(cost.total).toBe("0.13"); // 70 s, and 30 s of which 60 are billed
  });

  test("work for nobody is wasted money", async () => {
    const { cost } = await rehearse({ client: { timeout: "300 ms" } });
    expect(cost.parts[0]!.states).toEqual({ wasted: "0.0495", idle: "0.0505" });
    expect(cost.perThousandGood).toBeNull();
  });

  test("a part without slots serves, and a part without a type costs nothing", async () => {
    const parts = {
      memory: { kind: "cache", behind: "till", fleet: { type: "box", instances: 2 } },
      free: { kind: "service", slots: 1, work: "1 s" },
    };
    const { cost } = await rehearse({ parts });
    expect(cost.parts.map(({ part, total, states }) => [part, total, states])).toEqual([
      ["memory", "0.20", { serving: "0.20" }],
      ["till", "0.10", { useful: "0.0495", idle: "0.0505" }],
    ]);
    expect(cost.total).toBe("0.30");
  });
});

test("states add up to their part and parts to the total, to the last millionth", async () => {
  const micros = (money: string) => Math.round(Number(money) * 1e6);
  const sum = (bills: readonly string[]) => bills.reduce((all, bill) => all + micros(bill), 0);
  const addsUp = ({ cost }: Result) => {
    expect(sum(cost.parts.map(({ total }) => total))).toBe(micros(cost.total));
    for (const { states, total } of cost.parts)
      expect(sum(Object.values(states))).toBe(micros(total));
  };
  for (const price of ["0.017 USD/hour", "1.234567 USD/hour", "7 USD/hour"]) {
    const parts = {
      memory: { kind: "cache", behind: "till", fleet: { type: "odd", instances: 3 } },
    };
    const till = { fleet: { type: "odd", instances: 3, "start-up": "7 s" }, work: "333 ms" };
    const changes = { parts, till, faults: twentyRefused, client: { timeout: "400 ms" } };
    const written = { ...changes, cost: { prices: { odd: { price } } } };
    addsUp(await rehearse(written, { replications: 3 }));
  }
});
