import { oneOf, type Spec } from "../../schema/definition.ts";
import { constant } from "./constant.ts";
import { geometric } from "./geometric.ts";
import { listed } from "./listed.ts";
import { orNumber } from "./shorthand.ts";
import { uniform } from "./uniform.ts";

/** Every law of batch sizes. A new one is its own file and a line here. */
export const batchSizes = [constant, geometric, uniform, listed] as const;

export const batchSizeSchema = orNumber(oneOf(batchSizes));
export type BatchSizeSpec = Spec<typeof batchSizes>;
