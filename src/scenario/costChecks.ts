/** What a scenario says of money: instance types with a price, one currency, parts that exist. */
import { charges } from "../model/charges/index.ts";
import { nodeTypesOf } from "../model/nodePoolSpec.ts";
import { issuesIn, make } from "../schema/definition.ts";
import type { Issue } from "../schema/issue.ts";
import { catalogues } from "./catalogues/index.ts";
import type { ScenarioSpec } from "./language.ts";
import { pricedTypes } from "./machines.ts";
import { unknown, type Path, type PlatformNames } from "./platformNames.ts";
import { pricingOf } from "./pricing.ts";

export function checkCost(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  return [
    ...checkTypes(scenario),
    ...checkPurchases(scenario, platform),
    ...checkCharges(scenario, platform),
    ...checkWorths(scenario),
  ];
}

function checkTypes(scenario: ScenarioSpec): Issue[] {
  const pricing = pricingOf(scenario);
  const strangers = Object.entries(scenario.cost.prices).flatMap(([type, { price }]) =>
    otherCurrency(["cost", "prices", type, "price"], price.currency, pricing.currency),
  );
  const own = new Set(Object.keys(scenario.cost.prices));
  const fleets = pricedTypes(scenario).flatMap(({ type, path }) => {
    if (pricing.currency !== pricing.catalogue.currency && !own.has(type)) {
      const message = `the catalogue prices ${type} in ${pricing.catalogue.currency}, cost.prices is in ${pricing.currency}; expected its price in cost.prices too, or all of them in ${pricing.catalogue.currency}`;
      return [{ path, message }];
    }
    if (!pricing.types.has(type) && catalogues.some(({ types }) => types.has(type)))
      return [{ path, message: elsewhere(type, pricing.catalogue.name) }];
    return unknown(path, "instance type", type, [...pricing.types.keys()]);
  });
  return [...strangers, ...fleets];
}

/** A type that only other catalogues have. */
function elsewhere(type: string, name: string): string {
  const others = catalogues.filter(({ types }) => types.has(type)).map((other) => other.name);
  return `${name} has no price of ${type}; expected cost.catalogue ${others.join(" or ")}, or its price in cost.prices`;
}

/** Only machines that have a price can be bought on other terms. */
function checkPurchases(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const { purchase, "savings-plan": plan } = scenario.cost;
  const { currency } = pricingOf(scenario);
  const inPlan = plan
    ? otherCurrency(["cost", "savings-plan", "commit"], plan.commit.currency, currency)
    : [];
  const bought = Object.keys(purchase).flatMap((part) => {
    const path = ["cost", "purchase", part];
    const pool = Object.hasOwn(scenario.nodes, part) ? scenario.nodes[part] : undefined;
    if (pool && nodeTypesOf(pool)[0]!.type !== undefined) return [];
    if (!platform.has(part) || platform.isVague(part)) return platform.unknown(path, part, true);
    const spec = scenario.parts[part]!;
    if ("fleet" in spec && spec.fleet.type !== undefined) return [];
    const message = `${part} runs on machines without a type, so they have no price`;
    return [{ path, message, atKey: true }];
  });
  return [...inPlan, ...bought];
}

function checkCharges(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const { currency } = pricingOf(scenario);
  const entries = new Set(
    Object.values(scenario.workloads).flatMap(({ to, dns }) => [to, ...(dns?.also ?? [])]),
  );
  return Object.entries(scenario.cost.charges).flatMap(([name, spec]) => {
    const path = ["cost", "charges", name];
    const { of, as, currencies } = make(charges, spec, undefined).needs;
    const strange = currencies.find((each) => each !== currency);
    return [
      ...issuesIn(charges, spec, path),
      ...(strange === undefined ? [] : otherCurrency(path, strange, currency)),
      ...(of === undefined ? [] : checkSubject([...path, "of"], of, as)),
    ];
  });

  function checkSubject(path: Path, of: string, as: "entry" | "fleet" | undefined): Issue[] {
    if (!platform.has(of) || platform.isVague(of)) return platform.unknown(path, of);
    if (as === "entry" && !entries.has(of))
      return unknown(path, "part that clients send to", of, [...entries]);
    if (as === "fleet" && !platform.anatomy(of).hasFleet)
      return [{ path, message: `${of} runs on no machines` }];
    return [];
  }
}

/** Orders are added up, so they are in one currency. */
function checkWorths({ workloads }: ScenarioSpec): Issue[] {
  const worths = Object.entries(workloads).flatMap(([workload, { mix, journey }]) =>
    Object.entries(mix ?? journey?.steps ?? {}).flatMap(([name, { worth }]) => {
      const within = mix ? ["mix"] : ["journey", "steps"];
      return worth ? [{ worth, path: ["workloads", workload, ...within, name, "worth"] }] : [];
    }),
  );
  return worths.flatMap(({ worth, path }) =>
    otherCurrency(path, worth.currency, worths[0]!.worth.currency),
  );
}

function otherCurrency(path: Path, found: string, expected: string): Issue[] {
  if (found === expected) return [];
  return [{ path, message: `${found} here and ${expected} elsewhere; expected one currency` }];
}
