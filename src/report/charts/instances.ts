/** Machines over time by the state they were in, all fleets together or the one that changed most. */
import type { Result } from "../../experiment/result.ts";
import { compact, plural } from "../units.ts";
import { chart } from "./chart.ts";
import { stacked, stackTable, type Stack } from "./stacked.ts";
import { BLUE, MUTED, ORANGE, PURPLE, tints, VERMILION, YELLOW } from "./theme.ts";

/** From the bottom up, in the order of an instance's life. */
const states: Record<string, string> = {
  ready: BLUE,
  warming: YELLOW,
  starting: ORANGE,
  provisioning: tints[2].colour,
  draining: PURPLE,
  crashed: VERMILION,
  down: MUTED,
};

export const instances = chart({
  name: "instances",
  section: "cost",
  title: "Instances by state",
  question: "Did the fleet follow the traffic, and how late?",

  draw(result) {
    const stack = stackOf(result);
    return Object.keys(stack.named).length > 0 ? stacked(result, stack) : null;
  },

  describe(result) {
    const part = liveliest(result);
    const fleet = result.parts.find(({ name }) => name === part)?.fleet;
    if (!fleet) return "No part ran on a fleet of its own.";
    const { initial, peak, readyMin, readyMean, type } = fleet;
    const machines = type === "" ? plural(initial, "instance") : `${initial} × ${type}`;
    return `${part} began with ${machines}; at most ${compact(peak)} were running or starting, ${compact(readyMean)} ready on average, never fewer than ${compact(readyMin)}.`;
  },

  table: (result) => stackTable(result, stackOf(result), compact),
});

/** The part whose ready instances changed the most. */
function liveliest(result: Result): string | null {
  const changes = Object.entries(result.windows.parts).map(([name, { instances: byState }]) => {
    const ready = (byState["ready"] ?? []).map((level) => level ?? 0);
    const spread = ready.length > 0 ? Math.max(...ready) - Math.min(...ready) : -1;
    return { name, spread };
  });
  const [most] = changes.filter(({ spread }) => spread >= 0).sort((a, b) => b.spread - a.spread);
  return most?.name ?? null;
}

function stackOf(result: Result): Stack {
  const part = liveliest(result);
  const byState = part === null ? {} : result.windows.parts[part]!.instances;
  const order = [
    ...Object.keys(states),
    ...Object.keys(byState).filter((name) => !(name in states)),
  ];
  const named = Object.fromEntries(
    order.flatMap((state) => {
      const levels = byState[state];
      return levels?.some((level) => (level ?? 0) > 0) ? [[state, levels] as const] : [];
    }),
  );
  return { named, unit: part === null ? "instances" : `instances of ${part}`, colours: states };
}
