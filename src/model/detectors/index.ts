import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { active } from "./active.ts";
import { none } from "./none.ts";

/** Every way of finding out which instances answer. A new one is its own file and a line here. */
export const detectors = [active, none] as const;

export const detectorSchema = oneOfOrWord(detectors);
export type DetectorSpec = Spec<typeof detectors>;
