import { oneOf } from "../../schema/definition.ts";
import { constant } from "./constant.ts";
import { daily } from "./daily.ts";
import { flashSale } from "./flash-sale.ts";
import { formula } from "./formula.ts";
import { profile } from "./profile.ts";
import { replay } from "./replay.ts";
import { orRate } from "./shorthand.ts";

/** Rates that stand for themselves, which those made of other rates may be made of. */
export const plainRates = [constant, profile, formula, daily, flashSale, replay] as const;

export const plainRateSchema = orRate(oneOf(plainRates, "plain-rate"));
