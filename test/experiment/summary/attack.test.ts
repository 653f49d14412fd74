import { expect, test } from "vitest";
import { run, ScenarioError, type Result } from "../../../src/index.ts";
import { markdown } from "../../../src/report/markdown.ts";
import { page } from "../../../src/report/page/page.ts";
import { renderTerminal } from "../../../src/report/terminal.ts";
import { till } from "../../support/till.ts";

/**
 * Shoppers come to the till each second and are served in half of one. A scraper asks each second, too,
 * at a shelf that takes a second and a half and lets nobody wait: every other request is dropped.
 */
function scraped(changes: object = {}): Promise<Result> {
  const night = till({
    parts: { shelf: { kind: "service", slots: 1, work: "1500 ms", queue: { limit: 0 } } },
    objectives: [{ availability: "99.9 %" }, { availability: "99 %", of: "scraper" }],
  }) as { workloads: object };
  const arrivals = { kind: "deterministic", rate: "1 rps" };
  const workloads = { ...night.workloads, scraper: { to: "shelf", attack: true, arrivals } };
  return run({ ...night, workloads, ...changes });
}

const result = await scraped();

test("an attack counts for no total, nor for what was promised to all", () => {
  expect(result.total).toMatchObject({ generated: 100, succeeded: 99, failed: {}, inFlight: 1 });
  expect(result.availability.byRequest).toBe(1);
  expect(result.objectives[0]).toMatchObject({ observed: 1, met: true });
  expect(result.windows.classes["all"]!.arrivals).toEqual(result.windows.classes["shoppers"]!.arrivals);
  expect(result.samples.find(({ metric, of }) => metric === "availability" && of === null)!.values).toEqual([1]);
  expect(result.conservation).toMatchObject({ generated: 200, succeeded: 148, failed: 50, inFlight: 2 });
}); // prettier-ignore

test("named, it counts", () => {
  expect(result.objectives[1]).toMatchObject({ observed: 49 / 99, met: false });
});

test("every form of the report tells it apart", () => {
  const said = "100 requests of scraper, 49.5 % of them answered; no total counts them";
  const [row] = result.classes.filter(({ attack }) => attack);
  expect(row).toMatchObject({ name: "scraper", generated: 100, succeeded: 49, failed: { dropped: 50 } });
  const shown = [
    renderTerminal(result, { colour: false, width: 200 }),
    markdown(result, []).replaceAll("\\", ""),
    page(result, []),
  ];
  for (const text of shown) {
    expect(text).toContain(said);
    expect(text).toContain("scraper (attack)");
  }
  expect(shown[2]).toContain("all but attacks");
}); // prettier-ignore

test("without an attack nothing is said of one", async () => {
  const calm = await run(till());
  const text = renderTerminal(calm, { colour: false, width: 200 }) + page(calm, []);
  expect(text).not.toContain("attack");
});

test("a platform that only enemies call is a mistake", async () => {
  const night = till() as { workloads: { shoppers: object } };
  const workloads = { shoppers: { ...night.workloads.shoppers, attack: true } };
  await expect(run({ ...night, workloads })).rejects.toThrow(ScenarioError);
  await expect(run({ ...night, workloads })).rejects.toThrow("every workload is an attack");
});
