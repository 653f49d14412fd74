import { deterministic } from "./deterministic.ts";
import { mmpp } from "./mmpp.ts";
import { onOff } from "./on-off.ts";
import { poisson } from "./poisson.ts";
import { renewal } from "./renewal.ts";

/** Processes of single arrivals, which those made of other processes may be made of. */
export const singleArrivals = [poisson, deterministic, renewal, mmpp, onOff] as const;
