import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { maxFails } from "./max-fails.ts";
import { none } from "./none.ts";
import { observe } from "./observe.ts";
import { outlierDetection } from "./outlier-detection.ts";

/** Every way of learning from calls which backends fail. A new one is its own file and a line here. */
export const ejectors = [none, maxFails, outlierDetection, observe] as const;

export const ejectorSchema = oneOfOrWord(ejectors);
export type EjectorSpec = Spec<typeof ejectors>;
