import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { leastNodes } from "./least-nodes.ts";
import { leastWaste } from "./least-waste.ts";
import { mostPods } from "./most-pods.ts";
import { price } from "./price.ts";
import { priority } from "./priority.ts";
import { random } from "./random.ts";

/** Everything that chooses among node groups. A new one is its own file and a line here. */
export const expanders = [leastWaste, leastNodes, mostPods, price, priority, random] as const;

export const expanderSchema = oneOfOrWord(expanders);
export type ExpanderSpec = Spec<typeof expanders>;
