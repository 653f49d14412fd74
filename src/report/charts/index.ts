import { cost } from "./cost.ts";
import { failures } from "./failures.ts";
import { instances } from "./instances.ts";
import { latency } from "./latency.ts";
import { parts } from "./parts.ts";
import { percentilesByClass } from "./percentiles.ts";
import { traffic } from "./traffic.ts";

/** Every chart, in the order of the page. A new one is its own file and a line here. */
export const charts = [
  traffic,
  parts,
  failures,
  latency,
  percentilesByClass,
  instances,
  cost,
] as const;
