import { oneOf } from "../../schema/definition.ts";
import { uniform } from "./uniform.ts";
import { zipf } from "./zipf.ts";

/** Laws of a whole catalogue, over which one that singles out items may lie. */
export const plainKeyLaws = [zipf, uniform] as const;

export const plainKeysSchema = oneOf(plainKeyLaws, "plain-popularity-law");
