/** Price catalogues: that bills follow them, and that the manual shows them. */
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { catalogues } from "../../src/scenario/catalogues/index.ts";
import { explain } from "../../src/scenario/reference.ts";

const shop = (type: string, cost: object, faults: readonly object[] = []) => ({
  title: "A shop",
  run: { duration: "30 min" },
  workloads: {
    shoppers: { to: "web", arrivals: { kind: "deterministic", rate: "1 rps" } },
  },
  parts: { web: { kind: "service", slots: 4, fleet: { type, instances: 2 }, work: "10 ms" } },
  faults,
  cost,
});

test("two machines in Hangzhou are paid in yuan, as the list says", async () => {
  const { cost, assumptions } = await run(
    shop("ecs.g7.xlarge", { catalogue: "alibaba-cn-hangzhou" }),
  );
  expect(cost).toMatchObject({ currency: "CNY", total: "1.0465" }); // 2 × 0.5 h × 1.0465
  expect(assumptions.join()).toContain("ECS as of 2024-12-30");
});

test("a price of the scenario's own takes precedence, and is said to be its own", async () => {
  const cost = {
    catalogue: "alibaba-cn-hangzhou",
    prices: { "ecs.g7.xlarge": { price: "0.8 CNY/hour", cores: 4 } },
  };
  const told = (await run(shop("ecs.g7.xlarge", cost))).cost;
  expect(told).toMatchObject({ total: "0.80", catalogue: "the scenario's own" });
});

/** Sixty seconds at ten a second, then one: 2,340 connections in half an hour, ten a second at most. */
describe("capacity units of a balancer whose busiest minute is ten times the usual", () => {
  const unitsOf = async (connections: string) => {
    const rate = {
      kind: "profile",
      points: [
        ["0 min", "10 rps"],
        ["1 min", "10 rps"],
        ["1 min", "1 rps"],
        ["30 min", "1 rps"],
      ],
    };
    const scenario = {
      ...shop("ecs.g7.xlarge", {
        catalogue: "alibaba-cn-hangzhou",
        charges: {
          alb: {
            ...{ kind: "capacity-units", of: "web", connections },
            ...{ hourly: "0.147 CNY/hour", unit: "0.049 CNY/hour", "connection-time": "10 s" },
          },
        },
      }),
      run: { duration: "30 min", window: "10 s" },
      workloads: {
        shoppers: {
          ...{ to: "web", arrivals: { kind: "deterministic", rate } },
          mix: { browse: { share: "100 %", "request-bytes": "1 B", "answer-bytes": "1 B" } },
        },
      },
    };
    const { charges } = (await run(scenario)).cost;
    expect(charges[0]).toMatchObject({ quantity: 1, total: "0.147" });
    return charges[1]!.quantity;
  };

  test("are those of the minute where the busiest counts: 10 of 25 a second", async () => {
    expect(await unitsOf("busiest")).toBeCloseTo(10 / 25, 2);
  });

  test("are those of the mean where the average counts: 1.3 of 25 a second", async () => {
    expect(await unitsOf("average")).toBeCloseTo(2340 / 1800 / 25, 4);
  });
});

describe.each(catalogues.map((catalogue) => ({ ...catalogue })))("$name", ({ name, types }) => {
  test("is explained with its day, its source and its prices", () => {
    const page = String(explain(name));
    expect(page).toMatch(/20\d\d-\d\d-\d\d/);
    expect(page).toContain("Source: ");
    const [type, { perHour }] = [...types][0]!;
    expect(page).toContain(`${type} ${perHour}`);
  });

  test("has a price and cores for every type", () => {
    for (const { perHour, cores } of types.values()) {
      expect(perHour).toBeGreaterThan(0);
      expect(cores).toBeGreaterThan(0);
    }
  });
});
