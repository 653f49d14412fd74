/** What every expander must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import type { Expansion } from "../../src/model/expanders/expander.ts";
import { expanders } from "../../src/model/expanders/index.ts";
import type { NodeType } from "../../src/model/nodeType.ts";
import { nodesNeeded, type Room } from "../../src/model/packing.ts";
import { make } from "../../src/schema/definition.ts";

const pod = (millicores: number, memory: number): Room => ({ millicores, memory, pods: 1 });
const pods = [pod(1500, 2e9), pod(1000, 6e9), pod(500, 1e9)];

const types = [2, 4, 8].map((cores, place): NodeType => ({
  name: `type-${cores}`,
  shape: { type: `type-${cores}`, cores, slots: 0 },
  empty: {
    millicores: cores * 1000,
    memory: place === 1 ? Infinity : cores * 4e9,
    pods: 110,
  },
  pricePerHour: cores / 20,
  most: Infinity,
}));

const expansions = types.map((type): Expansion => ({
  type,
  needs: pods,
  nodes: nodesNeeded(pods, [], type.empty),
}));

describe.each(expanders.map(({ kind }) => ({ kind })))("$kind", ({ kind }) => {
  const expander = make(expanders, { kind }, types);

  test("gives every group a number, the same for the same, and a word for it", () => {
    for (const each of expansions) {
      expect(Number.isFinite(expander.score(each))).toBe(true);
      expect(expander.score({ ...each })).toBe(expander.score(each));
      expect(expander.describe(each)).toMatch(/^[^;→]+$/);
    }
  });

  test("does not prefer a group because it is asked first", () => {
    const scores = expansions.map((each) => expander.score(each));
    const turned = expansions.toReversed().map((each) => expander.score(each));
    expect(turned.toReversed()).toEqual(scores);
  });
});

// Pods of 1.5 and 0.5 cores, and one of 1 core and 6 GB, fill two nodes of 2 cores and 8 GB; larger
// ones take all three. An hour costs 0.05 a core: of 3 cores that are asked for.
test.each([
  ["least-nodes", ["2 nodes", "1 node", "1 node"]],
  ["price", ["0.0667 an hour and core", "0.0667 an hour and core", "0.1333 an hour and core"]],
] as const)("%s judges nodes of 2, 4 and 8 cores by %j", (kind, words) => {
  const expander = make(expanders, { kind }, types);
  expect(expansions.map((each) => expander.describe(each))).toEqual(words);
});
