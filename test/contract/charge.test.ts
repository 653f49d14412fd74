/** What every charge must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { charges } from "../../src/model/charges/index.ts";
import { run } from "../../src/index.ts";

/** Half an hour of a request each second, on three databases and two web servers. */
async function bill(written: object, rate: string) {
  const result = await run({
    title: "A bill",
    run: { duration: "30 min" },
    workloads: { shoppers: { to: "edge", arrivals: { kind: "deterministic", rate } } },
    parts: {
      edge: { kind: "load-balancer", to: "web" },
      web: {
        kind: "service",
        fleet: { type: "m5.large", instances: 2 },
        slots: 1,
        operations: { default: [{ call: "stock.read" }] },
      },
      stock: { kind: "database", fleet: { type: "db.m5.large" }, slots: 1, read: "1 ms" },
    },
    cost: written,
  });
  return result.cost;
}

const micros = (amount: string) => Math.round(Number(amount) * 1e6);

describe.each(charges.map((definition) => ({ ...definition })))("$kind", ({ kind, example }) => {
  const { cost } = parse(example!) as { cost: { charges: Record<string, { kind: string }> } };
  const [name] = Object.keys(cost.charges);

  test("in the example of the manual is on the bill, which adds up", async () => {
    expect(cost.charges[name!]!.kind).toBe(kind);
    const told = await bill(cost, "1 rps");
    expect(told.charges.every((position) => position.name === name)).toBe(true);
    const whole = [...told.parts, ...told.charges];
    expect(whole.reduce((sum, { total }) => sum + micros(total), 0)).toBe(micros(told.total));
    expect(told.charges.reduce((sum, { total }) => sum + micros(total), 0)).toBeGreaterThan(0);
  });

  // A balancer's price has a default, so its example names none.
  test.skipIf(!example!.includes("USD"))("asks for the currency of the prices", async () => {
    const abroad = JSON.parse(JSON.stringify(cost).replaceAll("USD", "CNY")) as object;
    await expect(bill(abroad, "1 rps")).rejects.toThrow("CNY here and USD elsewhere");
  });

  test("never gets cheaper by more requests", async () => {
    const sum = async (rate: string) => {
      const told = await bill(cost, rate);
      return told.charges.reduce((total, each) => total + micros(each.total), 0);
    };
    expect(await sum("10 rps")).toBeGreaterThanOrEqual(await sum("1 rps"));
  });
});
