/** What the instance types of a scenario cost: its own prices over the catalogue's. */
import { catalogues } from "./catalogues/index.ts";
import type { Catalogue, InstanceType } from "./catalogues/catalogue.ts";
import type { ScenarioSpec } from "./language.ts";

export interface Pricing {
  readonly catalogue: Catalogue;
  readonly currency: string;
  readonly types: ReadonlyMap<string, InstanceType>;
}

export function pricingOf({ cost }: Pick<ScenarioSpec, "cost">): Pricing {
  const catalogue = catalogues.find(({ name }) => name === cost.catalogue) ?? catalogues[0];
  const own = Object.entries(cost.prices).map(
    ([type, { price, cores }]): [string, InstanceType] => [type, { perHour: price.perHour, cores }],
  );
  const currency = Object.values(cost.prices)[0]?.price.currency ?? catalogue.currency;
  return { catalogue, currency, types: new Map([...catalogue.types, ...own]) };
}
