import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { cacheLock } from "./cache-lock.ts";
import { singleFlight } from "./single-flight.ts";

/** Every way of coalescing. A new one is its own file and a line here. */
export const coalescings = [singleFlight, cacheLock] as const;

export const coalescingSchema = oneOfOrWord(coalescings);
export type CoalescingSpec = Spec<typeof coalescings>;
