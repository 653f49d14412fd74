/** Machines over time by the state they were in, all fleets together or the one that changed most. */
import type { Result } from "../../experiment/result.ts";
import { fleetsOf, readyOf, type FleetOverTime } from "../fleets.ts";
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
    const fleet = liveliest(result);
    const nodes = fleetsOf(result).filter(({ isNodes }) => isNodes);
    if (fleet === null) return "No part ran on a fleet of its own.";
    return [...(fleet.isNodes ? [] : [sizesOf(result, fleet.name)]), ...nodes.map(range)].join(" ");
  },

  table: (result) => stackTable(result, stackOf(result), compact),
});

function sizesOf(result: Result, part: string): string {
  const { fleet } = result.parts.find(({ name }) => name === part)!;
  const { initial, peak, readyMin, readyMean, type } = fleet!;
  const machines = type === "" ? plural(initial, "instance") : `${initial} × ${type}`;
  return `${part} began with ${machines}; at most ${compact(peak)} were running or starting, ${compact(readyMean)} ready on average, never fewer than ${compact(readyMin)}.`;
}

function range(pool: FleetOverTime): string {
  const ready = readyOf(pool);
  return `Of the nodes ${pool.name}, ${compact(Math.min(...ready))} to ${compact(Math.max(...ready))} were ready on average over a window.`;
}

/** The part, or the nodes, whose ready instances changed the most. */
function liveliest(result: Result): FleetOverTime | null {
  const changes = fleetsOf(result).map((fleet) => {
    const ready = readyOf(fleet);
    const spread = ready.length > 0 ? Math.max(...ready) - Math.min(...ready) : -1;
    return { fleet, spread };
  });
  const [most] = changes.filter(({ spread }) => spread >= 0).sort((a, b) => b.spread - a.spread);
  return most?.fleet ?? null;
}

function stackOf(result: Result): Stack {
  const fleet = liveliest(result);
  const byState = fleet?.byState ?? {};
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
  return { named, unit: unitOf(fleet), colours: states };
}

function unitOf(fleet: FleetOverTime | null): string {
  if (fleet === null) return "instances";
  return fleet.isNodes ? `nodes of ${fleet.name}` : `instances of ${fleet.name}`;
}
