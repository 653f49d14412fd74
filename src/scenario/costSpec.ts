/** What a scenario says of money: prices, how machines are bought, other charges, what an SLA gives back. */
import { z } from "zod";
import { chargeSchema } from "../model/charges/index.ts";
import { choice, count, name, price, share } from "../schema/fields.ts";
import { agreements, type AgreementName } from "./catalogues/agreements.ts";
import { catalogues } from "./catalogues/index.ts";

/** Without one, a fleet is bought on demand. */
const purchaseSchema = z
  .strictObject({
    reserved: z
      .strictObject({
        instances: count("Instances that are paid for whether they run or not.", { min: 1 }),
        discount: share(
          "Off the price on demand; about 30 % is usual for a year without paying upfront.",
        ).prefault("30 %"),
      })
      .describe("Instances reserved for a year or more.")
      .optional(),
    spot: z
      .strictObject({
        share: share("Share of the machine time above the reserved that is bought so.").prefault(
          "100 %",
        ),
        discount: share("Off the price on demand, as you see it in your market."),
      })
      .describe(
        "Spare capacity at a lower price; that the provider may take it back is a fault to declare.",
      )
      .optional(),
  })
  .describe("How the machines of a part are bought.");

const savingsPlanSchema = z
  .strictObject({
    commit: price("What is paid for machines whether it is used or not, at the plan's prices."),
    discount: share("Off the price on demand, of machines that the plan covers.").prefault("28 %"),
  })
  .describe("A promise to spend so much by the hour, which covers on-demand machines of any part.");

const tierSchema = z.strictObject({
  below: share("Availability of the month under which it is given."),
  credit: share("Share of the month's bill."),
});

export const costSchema = z
  .strictObject({
    catalogue: choice(
      "The price catalogue.",
      catalogues.map((catalogue) => catalogue.name) as [string],
    ).default(catalogues[0].name),
    prices: z
      .record(
        z.string(),
        z.strictObject({
          price: price("What one instance costs."),
          cores: count("Its virtual CPUs.", { min: 1 }).default(1),
        }),
      )
      .describe("Instance types the catalogue lacks, or prices that differ from it.")
      .default({}),
    purchase: z
      .record(name("A part."), purchaseSchema)
      .describe("How the machines of parts are bought, if not on demand.")
      .default({}),
    "savings-plan": savingsPlanSchema.optional(),
    charges: z
      .record(name("A charge."), chargeSchema)
      .describe("What is paid besides machines by the hour.")
      .default({}),
    sla: z
      .union([
        choice(
          "A published agreement.",
          Object.keys(agreements) as [AgreementName, ...AgreementName[]],
        ),
        z.array(tierSchema).min(1),
      ])
      .describe(
        "Credits that a service level agreement gives back, of the month's bill: tiers, or the name of a published agreement.",
      )
      .optional(),
  })
  .describe("What machines cost, how they are bought, what else is paid, and what is given back.");

export type CostSpec = z.output<typeof costSchema>;
export type PurchaseSpec = z.output<typeof purchaseSchema>;
