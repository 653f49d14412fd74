import { oneOf, type Spec } from "../../schema/definition.ts";
import { crash } from "./crash.ts";
import { slow } from "./slow.ts";
import { zoneOutage } from "./zone-outage.ts";

/** Everything that can go wrong. A new one is its own file and a line here. */
export const faults = [crash, zoneOutage, slow] as const;

export const faultSchema = oneOf(faults);
export type FaultSpec = Spec<typeof faults>;
