/** What a Result says of money. */
import { z } from "zod";
import { money, number, share } from "./fields.ts";

export const costResult = z.strictObject({
  currency: z.string(),
  /** Catalogue and its date. */
  catalogue: z.string(),
  /** Mean per replication, over the whole run. total = parts + charges; a part = its states = its terms. */
  total: money,
  perHour: money,
  perThousandRequests: money.nullable(),
  /** Per thousand requests that succeeded. */
  perThousandGood: money.nullable(),
  parts: z.array(
    z.strictObject({
      part: z.string(),
      type: z.string(),
      pricePerHour: money,
      instanceHours: number,
      total: money,
      /** Cost by what the instances were doing: useful, wasted, idle, warming, down; serving where a part has no slots; spare where reserved ones did not run. */
      states: z.record(z.string(), money),
      /** The same by the terms it is bought under: on-demand, savings-plan, reserved, spot, spare. */
      terms: z
        .array(
          z.strictObject({
            term: z.string(),
            hours: number,
            total: money,
            /** What it would have cost on demand. */
            list: money,
            states: z.record(z.string(), money),
          }),
        )
        .default([]),
    }),
  ),
  /** What is paid besides machines: positions of charges, and what a savings plan was not used for. */
  charges: z
    .array(
      z.strictObject({
        name: z.string(),
        of: z.string().nullable(),
        unit: z.string(),
        quantity: number,
        /** Of one unit. */
        price: number,
        total: money,
      }),
    )
    .default([]),
  /**
   * What machines were billed by the hour in each window, by part, and what a savings plan was not used for: over the
   * run it comes to their totals.
   */
  spending: z.record(z.string(), z.array(number)).default({}),
  /** Request classes that have a worth: what was earned, and what failures cost. Not in the total. */
  orders: z
    .array(
      z.strictObject({
        of: z.string(),
        currency: z.string(),
        worth: money,
        done: number,
        lost: number,
        earned: money,
        missed: money,
      }),
    )
    .default([]),
  /** What a service level agreement gives back of the bill of a month with this run in it. Not in the total. */
  credit: z
    .strictObject({
      agreement: z.string(),
      /** Of the month; null without requests. */
      availability: share.nullable(),
      share,
      bill: money,
      amount: money,
    })
    .nullable()
    .default(null),
});
