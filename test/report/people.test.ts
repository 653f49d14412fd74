/** What reports say of faults, alerts and people. */
import { expect, test } from "vitest";
import {
  firingsTable,
  incidentsTable,
  pagerSentence,
  rulesTable,
} from "../../src/report/tables/people.ts";
import { sampleResult } from "./sample.ts";

test("a fault is told with who noticed it and when, counted from the fault on", () => {
  const [row] = incidentsTable(sampleResult()).rows;
  expect(row).toEqual([
    ...["00:08:00", "crash · web", "4 s", "5.5 s", "105 s", "2 min 20 s", "3,000", "25.0 %"],
  ]);
});

test("the pager is judged over all replications, its alerts told of the first", () => {
  const result = sampleResult();
  expect(pagerSentence(result)).toBe(
    "People were paged for 1 of 1 fault that users felt, 105 s after the fault on average; no false alarm in 10 replications",
  );
  expect(firingsTable(result).rows.map((row) => row.slice(2, 6))).toEqual([
    ["00:08:15", "00:09:15", "00:09:45", "00:10:30"],
  ]);
  expect(rulesTable(result).rows[0]!.slice(3)).toEqual(["2", "1", "1"]);
});

test("without alerts nothing is said of a pager", () => {
  const { alerts: _, ...rest } = sampleResult();
  expect(pagerSentence(rest)).toBeNull();
  expect(rulesTable(rest).rows).toEqual([]);
});
