/** A database as a pool: instances with slots (connections, workers) that read and write. */
import { distributionSchema } from "../../statistics/distributions/index.ts";
import { count } from "../../schema/fields.ts";
import { Primary, primarySchema } from "../primary.ts";
import { issuesIn } from "../../schema/definition.ts";
import { failovers } from "../failovers/index.ts";
import { part } from "./part.ts";
import { makeServing, servingFields } from "./serving.ts";

export const database = part({
  kind: "database",
  summary: "A pool of database instances with slots; operations read and write.",
  notes:
    "Without `primary` instances are alike: there is no replication, and any of them reads and writes.",
  options: {
    ...servingFields,
    items: count(
      "Items it has, of keys 0 to one less; reads of other keys find that there is none. Without it there is an item of every key.",
    ).optional(),
    primary: primarySchema.optional(),
    read: distributionSchema
      .describe("The time a read takes; a plain starting point, measure yours.")
      .prefault({ kind: "exponential", mean: "1 ms" }),
    write: distributionSchema
      .describe("The time a write takes; a plain starting point, measure yours.")
      .prefault({ kind: "exponential", mean: "3 ms" }),
  },
  hasFleet: true,
  hasSlots: true,
  operations: () => ["read", "write"],
  references: () => [],
  check: ({ primary }) =>
    primary === undefined ? [] : issuesIn(failovers, primary.failover, ["primary", "failover"]),
  create(options, context) {
    const operations = new Map([
      ["read", [{ work: options.read }]],
      ["write", [{ work: options.write }]],
    ]);
    const hardware = { cpu: { sharing: "fcfs" as const } };
    const more = { hardware, operations, holdsSlotWhileCalling: true };
    const pool = makeServing({ ...options, ...more }, context);
    const { fleet, operation } = pool;
    if (options.primary !== undefined && fleet !== null)
      fleet.primary = new Primary(options.primary, fleet, operation("write")!, context);
    return { ...pool, items: () => options.items ?? Infinity };
  },
});
