import { oneOf, type Spec } from "../../schema/definition.ts";
import { quota } from "./quota.ts";
import { ratio } from "./ratio.ts";
import { orShare } from "./shorthand.ts";
import { throttle } from "./throttle.ts";

/** Every retry budget. A new one is its own file and a line here. */
export const budgets = [ratio, quota, throttle] as const;

export const budgetSchema = orShare(oneOf(budgets));
export type BudgetSpec = Spec<typeof budgets>;
