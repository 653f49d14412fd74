/** Mistakes in what a scenario says of money, at the line and column where they stand. */
import { expect, test } from "vitest";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../src/scenario/load.ts";

function said(cost: string): string[] {
  const text = `title: A night
run: { duration: 1 h }
workloads:
  shoppers: { to: edge, arrivals: { kind: poisson, rate: 1 rps }, mix: { buy: { share: 100 %, worth: 3 USD } } }
parts:
  edge: { kind: load-balancer, to: web }
  web: { kind: service, slots: 1, fleet: { type: m5.large }, work: 1 s }
  free: { kind: service, slots: 1, work: 1 s }
cost:
  ${cost}
`;
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({ file: "a.yaml", text, readFile, set: [], variant: null });
  if (loaded.ok) return [];
  return sorted(loaded.issues).map((issue) => {
    const { place } = issue;
    return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
  });
}

test("machines are bought of parts that have some, at a price", () => {
  expect(said("purchase: { web: { reserved: { instances: 2 } } }")).toEqual([]);
  expect(said("purchase: { wep: {} }")).toEqual([
    '10:15: cost.purchase.wep: there is no part "wep"; there is edge, web, free; did you mean "web"?',
  ]);
  expect(said("purchase: { free: {} }")).toEqual([
    "10:15: cost.purchase.free: free runs on machines without a type, so they have no price",
  ]);
});

test("charges are of parts that can be charged, in the currency of the prices", () => {
  const [entry] = said("charges: { out: { kind: transfer, of: web, price: 1 USD } }");
  expect(entry).toBe(
    '10:41: cost.charges.out.of: there is no part that clients send to "web"; there is edge',
  );
  expect(said("charges: { x: { kind: licence, of: edge, price: 1 USD/hour } }")).toEqual([
    "10:38: cost.charges.x.of: edge runs on no machines",
  ]);
  expect(said("charges: { x: { kind: fixed, price: 1 EUR/hour } }")).toEqual([
    "10:14: cost.charges.x: EUR here and USD elsewhere; expected one currency",
  ]);
  expect(said("savings-plan: { commit: 1 CNY/hour }")).toEqual([
    "10:27: cost.savings-plan.commit: CNY here and USD elsewhere; expected one currency",
  ]);
});

test("a type that another catalogue has is told with it", () => {
  expect(said("catalogue: alibaba-cn-hangzhou")).toEqual([
    "7:50: parts.web.fleet.type: alibaba-cn-hangzhou has no price of m5.large; expected cost.catalogue aws-us-east-1, or its price in cost.prices",
  ]);
});

test("one bill has one currency, the catalogue's or that of the scenario's own prices", () => {
  expect(said("prices: { box: { price: 7 CNY/hour } }")).toEqual([
    "7:50: parts.web.fleet.type: the catalogue prices m5.large in USD, cost.prices is in CNY; expected its price in cost.prices too, or all of them in USD",
  ]);
  const inYuan = "m5.large: { price: 0.7 CNY/hour }";
  expect(said(`prices: { ${inYuan}, box: { price: 7 USD/hour } }`)).toEqual([
    "10:62: cost.prices.box.price: USD here and CNY elsewhere; expected one currency",
  ]);
  const balancer = "balancer: { kind: capacity-units, of: edge }";
  expect(said(`{ prices: { ${inYuan} }, charges: { ${balancer} } }`)).toEqual([
    "10:63: cost.charges.balancer: USD here and CNY elsewhere; expected one currency",
  ]);
});
