import { expect, test } from "vitest";
import { parseResult } from "../../src/cli/results.ts";
import { sampleResult } from "../report/sample.ts";

test("a saved result comes back byte by byte, whatever the order of its fields", async () => {
  const { title, ...rest } = sampleResult();
  const text = JSON.stringify({ ...rest, title });
  expect(JSON.stringify(await parseResult("result.json", text))).toBe(text);
});

test("a result from before a field was kept gets what stands for nothing", async () => {
  const { edges: _, ...rest } = sampleResult();
  const { tail: __, ...total } = rest.total;
  const result = await parseResult("result.json", JSON.stringify({ ...rest, total }));
  expect(result.edges).toEqual([]);
  expect(result.total.tail).toEqual({ oneIn: [], latency: [] });
});
