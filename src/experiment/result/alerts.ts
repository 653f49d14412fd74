/** What a Result says of faults as people lived through them, and of alerts. */
import { z } from "zod";
import { count, number, seconds, share } from "./fields.ts";

/** Times are counted from the fault on. */
export const incidentResult = z.strictObject({
  replication: count,
  at: seconds,
  /** When the fault itself ended, if it did within the run. */
  until: seconds.nullable(),
  what: z.string(),
  part: z.string().nullable(),
  /** Instances it struck at once; 0 where it names none. */
  instances: count,
  /** Whether a window broke a promise before the next fault. */
  felt: z.boolean(),
  /** Until the first verdict of a health check, a passive check or a breaker on what it hit. */
  detected: seconds.nullable(),
  /** Until the last of those who send calls there had found out, and a replica was promoted or a standby had taken over where there are such. */
  failedOver: seconds.nullable(),
  /** Until people were woken, and by which rule. */
  paged: seconds.nullable(),
  pagedBy: z.string().nullable(),
  /** Until the end of the last window that broke a promise before a minute in which none did; null if not felt, or never. */
  recovered: seconds.nullable(),
  /** Requests that failed in between, and their share of all that failed in the measured part. */
  failed: count,
  share,
});

const severity = z.enum(["page", "ticket"]);

export const alertsResult = z.strictObject({
  /** Every condition of every rule, and how it did over all replications. */
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      says: z.string(),
      severity,
      fired: count,
      /** Firings of which people were told. */
      told: count,
      /** Firings with no fault under way and every promise kept in what it looked at. */
      false: count,
    }),
  ),
  firings: z.array(
    z.strictObject({
      rule: z.string(),
      says: z.string(),
      severity,
      replication: count,
      /** First evaluation at which it held; at which it had held long enough; at which it did not. */
      pendingAt: seconds,
      firedAt: seconds,
      resolvedAt: seconds.nullable(),
      /** When people were told of it, how often again, and when that it is over. */
      toldAt: seconds.nullable(),
      repeats: count,
      overToldAt: seconds.nullable(),
      /** The expression's worst value meanwhile. */
      worst: number,
      false: z.boolean(),
    }),
  ),
});
