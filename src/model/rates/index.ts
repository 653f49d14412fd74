import { oneOf, type Spec } from "../../schema/definition.ts";
import { noisy } from "./noisy.ts";
import { plainRates } from "./plain.ts";
import { product } from "./product.ts";
import { orRate } from "./shorthand.ts";
import { sum } from "./sum.ts";

/** Every way to say a rate over time. A new one is its own file and a line here or in plain.ts. */
export const rates = [...plainRates, product, noisy, sum] as const;

export const rateSchema = orRate(oneOf(rates));
export type RateSpec = Spec<typeof rates>;
