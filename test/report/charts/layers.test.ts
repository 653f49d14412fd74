import { expect, test } from "vitest";
import { layered } from "../../../src/report/charts/layers.ts";

test("a part stands behind the last of its callers, and a long edge gets a place between", () => {
  const { nodes, bends } = layered(
    ["shop", "web", "cache", "stock"],
    [
      { from: "shop", to: "web" },
      { from: "web", to: "cache" },
      { from: "web", to: "stock" },
      { from: "cache", to: "stock" },
    ],
  );
  expect([...nodes.values()].map(({ layer }) => layer)).toEqual([0, 1, 2, 3]);
  expect(nodes.get("cache")).toEqual({ layer: 2, row: 0, rows: 2 });
  expect(bends).toEqual([[], [], [{ layer: 2, row: 1, rows: 2 }], []]);
});

test("nodes follow the height of those that lead to them, so that edges do not cross", () => {
  const { nodes } = layered(
    ["top", "bottom", "left", "right"],
    [
      { from: "top", to: "right" },
      { from: "bottom", to: "left" },
    ],
  );
  expect(nodes.get("right")!.row).toBe(0);
  expect(nodes.get("left")!.row).toBe(1);
});

test("a circle of calls ends", () => {
  const { nodes } = layered(
    ["a", "b"],
    [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
    ],
  );
  expect(nodes.size).toBe(2);
});
