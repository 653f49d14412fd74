import { oneOf, type Spec } from "../../schema/definition.ts";
import { constant } from "./constant.ts";
import { formula } from "./formula.ts";
import { profile } from "./profile.ts";
import { orRate } from "./shorthand.ts";

/** Every way to say a rate over time. A new one is its own file and a line here. */
export const rates = [constant, profile, formula] as const;

export const rateSchema = orRate(oneOf(rates));
export type RateSpec = Spec<typeof rates>;
