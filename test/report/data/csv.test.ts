import { expect, test } from "vitest";
import { csv } from "../../../src/report/data/csv.ts";
import { sheets } from "../../../src/report/data/index.ts";
import { sampleResult } from "../sample.ts";

const formula = `=HYPERLINK("http://x","y")`;

test.each(Object.entries(sheets))(
  "%s.csv is a header and rows of the same length",
  async (_, sheet) => {
    const [header, ...rows] = parsed(await csv(sheet(sampleResult())!));
    expect(new Set(header).size).toBe(header!.length);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(header!.length);
  },
);

test.each(Object.entries(sheets))(
  "no cell of %s.csv starts a formula with a stranger's name",
  async (_, sheet) => {
    const rows = parsed(await csv(sheet(sampleResult({ hostileName: formula }))!));
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@]/);
  },
);

test("a negative number stays a number", async () => {
  const [header, first] = parsed(await csv(sheets.objectives(sampleResult())));
  expect(Number(first![header!.indexOf("budget_left")])).toBeLessThan(0);
});

test("the time series has one row for each window of each class and part, with the clock's time", async () => {
  const result = sampleResult();
  const [header, ...rows] = parsed(await csv(sheets.timeseries(result)));
  expect(rows).toHaveLength(result.windows.start.length * (4 + 4));
  const spike = rows.find((row) => row[0] === "1200" && row[2] === "class" && row[3] === "all")!;
  expect(spike[1]).toBe("2026-11-11T00:00:00+08:00");
  const arrivals = result.windows.classes["all"]!.arrivals[120]!;
  expect(Number(spike[header!.indexOf("arrivals_per_s")])).toBe(arrivals);
});

test("the time series tells what machines were billed by the hour", async () => {
  const result = sampleResult();
  const [header, ...rows] = parsed(await csv(sheets.timeseries(result)));
  const column = header!.indexOf("billed_per_h");
  const web = rows.filter((row) => row[2] === "part" && row[3] === "web");
  expect(web.map((row) => Number(row[column]))).toEqual(result.cost.spending["web"]);
  expect(rows.find((row) => row[2] === "class")![column]).toBe("");
});

test("the budget of a promise that slices decide is told in slices, and that of its window", async () => {
  const result = sampleResult();
  const slices = { length: 60, each: 0.9, kept: 38, of: 40, allowed: 4, left: 0.5 };
  const window = { length: 86_400, elapsed: null, requests: 1440, allowed: 144 };
  const period = { ...window, unit: "slices" as const, before: 10, spent: 2, left: 132 / 144 };
  const promise = { ...result.objectives[0]!, kind: "slices" as const, slices, period };
  const [header, row] = parsed(await csv(sheets.objectives({ ...result, objectives: [promise] })));
  const told = (column: string) => row![header!.indexOf(column)];
  const budget = ["budget_of", "budget_allowed", "budget_spent", "budget_left"].map(told);
  expect(budget).toEqual(["slices", "4", "2", "0.5"]);
  const whole = ["window_s", "window_allowed", "window_before", "window_spent"].map(told);
  expect(whole).toEqual(["86400", "144", "10", "2"]);
});

test("costs.csv has the columns of FOCUS, and its amounts add up to the total", async () => {
  const result = sampleResult();
  const [header, ...rows] = parsed(await csv(sheets.costs(result)));
  expect(header!.slice(0, 9).join(", ")).toBe(
    "BillingPeriodStart, BillingPeriodEnd, ChargePeriodStart, ChargePeriodEnd, ChargeCategory, ChargeFrequency, ChargeDescription, BillingCurrency, BilledCost",
  );
  const sumOf = (column: string) =>
    rows.reduce((sum, row) => sum + Number(row[header!.indexOf(column)]), 0);
  for (const column of ["BilledCost", "EffectiveCost", "ListCost"])
    expect(sumOf(column)).toBeCloseTo(Number(result.cost.total), 6);
  expect(rows[0]!.slice(0, 4)).toEqual([
    ...["2026-11-01T00:00:00+08:00", "2026-12-01T00:00:00+08:00"],
    ...["2026-11-10T23:40:00+08:00", "2026-11-11T00:20:00+08:00"],
  ]);
});

test("costs.csv tells commitments, used and unused, and what is charged besides machines", async () => {
  const result = sampleResult({ clock: null });
  const terms = [
    { term: "reserved", hours: 2, total: "1.40", list: "2.00", states: { useful: "1.40" } },
    { term: "spare", hours: 1, total: "0.70", list: "1.00", states: { spare: "0.70" } },
  ];
  const part = { ...result.cost.parts[0]!, total: "2.10", terms };
  const egress = {
    name: "egress",
    of: "edge",
    unit: "GB",
    quantity: 7,
    price: 0.09,
    total: "0.63",
  };
  const cost = { ...result.cost, parts: [part], charges: [egress], total: "2.73" };
  const [header, ...rows] = parsed(await csv(sheets.costs({ ...result, cost })));
  const told = (...columns: string[]) =>
    rows.map((row) => columns.map((column) => row[header!.indexOf(column)]));
  expect(told("BilledCost", "ListCost", "PricingCategory", "CommitmentDiscountStatus")).toEqual([
    ["1.40", "2.00", "Committed", "Used"],
    ["0.70", "1.00", "Committed", "Unused"],
    ["0.63", "0.63", "Standard", ""],
  ]);
  expect(told("PricingQuantity", "PricingUnit", "ServiceName", "ResourceId").at(-1)).toEqual([
    ...["7", "GB", "egress", "edge"],
  ]);
  expect(told("BillingPeriodStart")).toEqual([[""], [""], [""]]);
});

test("guards.csv has a row for each guard, and for the breakers before a part", async () => {
  const [header, ...rows] = parsed(await csv(sheets.guards(sampleResult())));
  const arrived = (name: string) =>
    String(sampleResult().parts.find((part) => part.name === name)!.calls.arrived);
  expect(header!.join()).toBe("part,guard,admitted,delayed,degraded,rejected");
  expect(rows).toContainEqual(["web", "lane", arrived("web"), "5120", "12", "0"]);
  expect(rows).toContainEqual([
    ...["stock", "breakers of its callers", arrived("stock")],
    ...["", "", "1900"],
  ]);
  expect(rows).toHaveLength(2);
});

test("caches.csv has a row for each cache, with what it answered from what", async () => {
  const [header, ...rows] = parsed(await csv(sheets.caches(sampleResult())));
  const cache = sampleResult().parts.find(({ kind }) => kind === "cache")!.cache!;
  expect(rows.map(([name]) => name)).toEqual(["catalogue"]);
  const told = Object.fromEntries(header!.map((column, at) => [column, Number(rows[0]![at])]));
  const { hitRatio, ...counts } = cache;
  expect(told).toMatchObject({ ...counts, hit_ratio: hitRatio });
});

/** A reader by RFC 4180, as slow and plain as can be. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === "" && quoted === undefined && bare === "" && rows.at(-1)!.length === 0) break;
    rows.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
