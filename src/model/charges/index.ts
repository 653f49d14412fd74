import { oneOf, type Spec } from "../../schema/definition.ts";
import { capacityUnits } from "./capacity-units.ts";
import { fixed } from "./fixed.ts";
import { licence } from "./licence.ts";
import { requests } from "./requests.ts";
import { storage } from "./storage.ts";
import { transfer } from "./transfer.ts";

/** Every way of charging besides machines by the hour. A new one is its own file and a line here. */
export const charges = [requests, transfer, capacityUnits, storage, licence, fixed] as const;

export const chargeSchema = oneOf(charges);
export type ChargeSpec = Spec<typeof charges>;
