import { oneOf, type Spec } from "../../schema/definition.ts";
import { badLink } from "./bad-link.ts";
import { balancerCrash } from "./balancer-crash.ts";
import { breakdown } from "./breakdown.ts";
import { cacheFlush } from "./cache-flush.ts";
import { capacityLoss } from "./capacity-loss.ts";
import { crash } from "./crash.ts";
import { delay } from "./delay.ts";
import { errors } from "./errors.ts";
import { fullDisk } from "./full-disk.ts";
import { hang } from "./hang.ts";
import { memoryLeak } from "./memory-leak.ts";
import { outage } from "./outage.ts";
import { partition } from "./partition.ts";
import { rackOutage } from "./rack-outage.ts";
import { slow } from "./slow.ts";
import { spotReclaim } from "./spot-reclaim.ts";
import { zoneOutage } from "./zone-outage.ts";

/** Everything that can go wrong. A new one is its own file and a line here. */
export const faults = [
  crash,
  hang,
  memoryLeak,
  spotReclaim,
  rackOutage,
  zoneOutage,
  slow,
  delay,
  errors,
  fullDisk,
  capacityLoss,
  breakdown,
  outage,
  balancerCrash,
  cacheFlush,
  badLink,
  partition,
] as const;

export const faultSchema = oneOf(faults);
export type FaultSpec = Spec<typeof faults>;
