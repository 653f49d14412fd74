import { alerts } from "./alerts.ts";
import { budget } from "./budget.ts";
import { cost } from "./cost.ts";
import { drill } from "./drill.ts";
import { failures } from "./failures.ts";
import { instances } from "./instances.ts";
import { latency } from "./latency.ts";
import { parts } from "./parts.ts";
import { percentilesByClass } from "./percentiles.ts";
import { spending } from "./spending.ts";
import { spent } from "./spent.ts";
import { spread } from "./spread.ts";
import { topology } from "./topology.ts";
import { traces } from "./traces.ts";
import { traffic } from "./traffic.ts";

/** Every chart, in the order of the page. A new one is its own file and a line here. */
export const charts = [
  traffic,
  budget,
  alerts,
  topology,
  parts,
  failures,
  drill,
  latency,
  spread,
  percentilesByClass,
  spent,
  traces,
  instances,
  cost,
  spending,
] as const;
