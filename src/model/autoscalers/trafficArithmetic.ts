/** Sizes by traffic, free of clocks and fleets: how many instances so many requests take. */

export interface TrafficRule {
  /** Requests one instance is meant to serve [1/s]. */
  readonly capacity: number;
  /** Shares of that: grow above, shrink below, and where to be after either [0 to 1]. */
  readonly above: number;
  readonly below: number;
  readonly aim: number;
}

export interface TrafficVerdict {
  readonly wanted: number;
  readonly side: "above" | "below";
  /** Share of the capacity in use [0 to 1 or more]. */
  readonly load: number;
}

/** What so many requests ask of so many instances; null when they are well off as they are. */
export function sizeForTraffic(
  requestRate: number,
  size: number,
  { capacity, above, below, aim }: TrafficRule,
): TrafficVerdict | null {
  const load = requestRate / (size * capacity);
  const wanted = Math.ceil(Math.floor((requestRate / (capacity * aim)) * 1e6 + 0.5) / 1e6);
  if (load > above && wanted > size) return { wanted, side: "above", load };
  if (load < below && wanted < size) return { wanted, side: "below", load };
  return null;
}
