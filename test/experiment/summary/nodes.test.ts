/** Nodes over time: in the windows of a result, in its tables, and in what the chart says. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { instances as chart } from "../../../src/report/charts/instances.ts";
import { instances as sheet } from "../../../src/report/data/instances.ts";

/** Two nodes, of which one dies for good at 45 s, in the middle of the second of four windows. */
const text = `
title: A node dies
run: { duration: 120 s, window: 30 s }
workloads: { all: { to: web, arrivals: { rate: 1 rps } } }
nodes: { general: { cores: 4, nodes: 2 } }
parts:
  web:
    kind: service
    slots: 1
    work: 1 ms
    fleet: { on: general, pod: { cores: 1 }, instances: 2, start-up: 0 s }
faults: [{ kind: crash, of: general, at: 45 s }]
`;

test("nodes are counted by state in every window", async () => {
  const { windows } = await run(text, { replications: 2 });
  expect(windows.nodes).toEqual({
    general: { ready: [2, 1.5, 1, 1], crashed: [0, 0.5, 1, 1] },
  });
});

test("the chart and its data tell of them", async () => {
  const result = await run(text);
  expect(chart.describe(result)).toMatch(
    /^web began .* Of the nodes general, 1 to 2 were ready on average over a window\.$/,
  );
  const { columns, rows } = sheet(result);
  const ready = columns.indexOf("ready");
  const pool = rows.filter((row) => JSON.stringify(row[2]).includes("general"));
  expect(pool.map((row) => row[ready])).toEqual([2, 1.5, 1, 1]);
});

test("where there are no nodes, none are told of", async () => {
  const bare = text.replace(/^nodes:.*$/m, "").replace("on: general, pod: { cores: 1 }, ", "");
  const { windows } = await run(bare.replace("of: general", "of: web"));
  expect(windows.nodes).toBeUndefined();
});
