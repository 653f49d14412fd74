import { alerts } from "./alerts.ts";
import { caches } from "./caches.ts";
import { costs } from "./costs.ts";
import { drill } from "./drill.ts";
import { events } from "./events.ts";
import { guards } from "./guards.ts";
import { incidents } from "./incidents.ts";
import { instances } from "./instances.ts";
import { latency } from "./latency.ts";
import { objectives } from "./objectives.ts";
import { timeseries } from "./timeseries.ts";

/** Every file of the folder data/, by name. A new one is its own file and a line here. */
export const sheets = {
  timeseries,
  latency,
  instances,
  caches,
  guards,
  drill,
  events,
  incidents,
  alerts,
  costs,
  objectives,
};
