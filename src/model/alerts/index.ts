import { oneOf, type Spec } from "../../schema/definition.ts";
import { burnRate } from "./burn-rate.ts";
import { errorRatio } from "./error-ratio.ts";
import { instances } from "./instances.ts";
import { latency } from "./latency.ts";
import { queueLength } from "./queue-length.ts";
import { traffic } from "./traffic.ts";
import { utilisation } from "./utilisation.ts";

/** Every rule by which people are told. A new one is its own file and a line here. */
export const alerts = [
  errorRatio,
  burnRate,
  latency,
  utilisation,
  queueLength,
  instances,
  traffic,
] as const;

export const alertSchema = oneOf(alerts);
export type AlertSpec = Spec<typeof alerts>;
