/** Everything that has instances over time: parts, and the pools of nodes they live on. */
import type { Result, WindowsResult } from "../experiment/result.ts";

export interface FleetOverTime {
  readonly name: string;
  readonly isNodes: boolean;
  /** Mean number in each state, window by window. */
  readonly byState: WindowsResult["parts"][string]["instances"];
}

export function fleetsOf({ windows: { parts, nodes = {} } }: Result): FleetOverTime[] {
  return [
    ...Object.entries(parts).map(([name, { instances: byState }]) => {
      return { name, isNodes: false, byState };
    }),
    ...Object.entries(nodes).map(([name, byState]) => ({ name, isNodes: true, byState })),
  ];
}

/** Those that are ready, window by window. */
export function readyOf({ byState }: FleetOverTime): number[] {
  return (byState["ready"] ?? []).map((level) => level ?? 0);
}
