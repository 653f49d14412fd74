/** Charts of a till that takes half a second for everybody and costs a tenth of a cent a second. */
import { expect, test } from "vitest";
import { cost } from "../../../src/report/charts/cost.ts";
import { spending } from "../../../src/report/charts/spending.ts";
import { spent } from "../../../src/report/charts/spent.ts";
import { rehearse } from "../../support/till.ts";

test("time at a part is told as waiting, work on cores, and the rest of service", async () => {
  // Calls hold a slot for 2 s, a quarter of it on the core; one a second of four slots: nobody waits.
  const operations = { shoppers: [{ cpu: "500 ms" }, { wait: "1500 ms" }] };
  const result = await rehearse({ till: { slots: 4, work: undefined, operations } });
  const [row] = spent.table(result).rows;
  // Of 100 requests 98 were served, 2 s each, and one more has been on the core when the run ends.
  expect(row!.slice(2)).toEqual(["0 s", "495 ms", "1.46 s", "1.96 s"]);
});

test("a machine of 3.60 an hour has cost ten cents after a hundred seconds", async () => {
  const { rows } = spending.table(await rehearse());
  expect(rows[0]!.slice(1)).toEqual(["3.60", "0.01"]);
  expect(rows.at(-1)!.slice(1)).toEqual(["3.60", "0.10"]);
});

test("what is paid besides machines has its bar beside the parts, and the bars come to the total", async () => {
  const result = await rehearse();
  const charge = {
    name: "disks",
    of: null,
    unit: "GB-hours",
    quantity: 2,
    price: 0.1,
    total: "0.20",
  };
  const paid = { ...result, cost: { ...result.cost, charges: [charge], total: "0.30" } };
  const { data } = cost.draw(paid) as { data: { values: { part: string; amount: number }[] } };
  const barOf = (part: string) =>
    data.values.reduce((sum, row) => sum + (row.part === part ? row.amount : 0), 0);
  expect([barOf("till"), barOf("disks")]).toEqual([expect.closeTo(0.1, 9), 0.2]);
});
