/** Every family of cases. A new one is its own file and a line here. */
import type { Family } from "../case.ts";
import { arrivals } from "./arrivals.ts";
import { balancing } from "./balancing.ts";
import { caches } from "./caches.ts";
import { classes } from "./classes.ts";
import { cloudScaling } from "./cloudScaling.ts";
import { failures } from "./failures.ts";
import { manyServers } from "./manyServers.ts";
import { networks } from "./networks.ts";
import { otherOrders } from "./otherOrders.ts";
import { retries } from "./retries.ts";
import { singleQueues } from "./singleQueues.ts";
import { steps } from "./steps.ts";
import { statistics } from "./statistics.ts";
import { tails } from "./tails.ts";
import { traces } from "./traces.ts";

export const families: readonly Family[] = [
  ...singleQueues,
  ...otherOrders,
  ...manyServers,
  ...classes,
  ...steps,
  ...arrivals,
  ...networks,
  ...balancing,
  ...caches,
  ...retries,
  ...tails,
  ...failures,
  ...statistics,
  ...traces,
  ...cloudScaling,
];
