/** The promises of a scenario as documents of OpenSLO. */
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { openSlo } from "../../src/report/openSlo.ts";
import { sampleResult } from "./sample.ts";

test("every promise is a document with its window, budget and target", async () => {
  const result = sampleResult();
  const [first, ...rest] = result.objectives;
  const slices = { length: 60, each: 0.9995, kept: 30, of: 40, allowed: 0.02, left: null };
  const period = {
    unit: "slices" as const,
    length: 28 * 86_400,
    elapsed: null,
    requests: 1,
    allowed: 1,
    before: 0,
    spent: 0,
    left: 1,
  };
  const sliced = { ...first!, kind: "slices" as const, target: 0.99, slices, period };
  const objectives = [sliced, ...rest];
  const text = await openSlo({ ...result, objectives });
  const documents = parseAllDocuments(text!).map((each) => each.toJS());
  expect(documents).toHaveLength(objectives.length);
  expect(documents[0]).toMatchObject({
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: { name: "double-eleven-1" },
    spec: {
      timeWindow: [{ duration: "28d", isRolling: true }],
      budgetingMethod: "Timeslices",
      objectives: [{ target: 0.99, timeSliceTarget: 0.9995, timeSliceWindow: "1m" }],
    },
  });
  expect(documents[1].spec.budgetingMethod).toBe("Occurrences");
});

test("without promises there is no document", async () => {
  expect(await openSlo({ ...sampleResult(), objectives: [] })).toBeNull();
});
