/** How often monitoring looks, and how it tells people. */
import { z } from "zod";
import { SECOND } from "../kernel/time.ts";
import { duration } from "../schema/fields.ts";

/** Defaults: Prometheus' global configuration and Alertmanager's route. */
export const monitoringSchema = z
  .strictObject({
    scrape: duration("How often counters are read, at multiples of it.", {
      min: SECOND / 10,
    }).prefault("1 min"),
    evaluation: duration("How often rules are evaluated, at multiples of it.", {
      min: SECOND / 10,
    }).prefault("1 min"),
    "group-wait": duration("From the first alert of a group to its notification.").prefault("30 s"),
    "group-interval": duration("Between notifications of a group that changes.", {
      min: SECOND,
    }).prefault("5 min"),
    "repeat-interval": duration("Until a notification is repeated, if nothing changes.", {
      min: SECOND,
    }).prefault("4 h"),
  })
  .describe(
    "How alerts are noticed and told. An alert rule's pages are a group, its tickets another.",
  );

export type MonitoringSpec = z.output<typeof monitoringSchema>;
