/**
 * The search for the cheapest values.
 *
 * One knob is bisected: more of it never keeps fewer promises. Several begin with everything at its
 * most; then each order of the knobs gives one descent, in which every knob in turn is bisected as
 * far down as the promises allow. The cheapest of all that hold is the answer. Each trial is kept,
 * and takes only as many replications as its verdict needs, so that runs are spent near the edge.
 */
import type { Axis } from "./axes.ts";
import type { TrialResult } from "./sizing.ts";

/** Tries out one choice of values, by their positions on the axes. */
export type TryAt = (positions: readonly number[]) => Promise<TrialResult>;

/** Orders of the knobs that are descended at most: all six of three. */
const ORDERS = 6;

export interface Searched {
  /** Null when even the most of everything does not hold. */
  readonly answer: readonly number[] | null;
  /** Every choice tried. */
  readonly tried: ReadonlyMap<string, Tried>;
}

/**
 * @param refused choices that luck of their own has spoken against
 * @param tried what an earlier search has tried; more is added to it
 */
export async function search(
  axes: readonly Pick<Axis, "values">[],
  tryAt: TryAt,
  refused: ReadonlySet<string> = new Set(),
  tried = new Map<string, Tried>(),
): Promise<Searched> {
  const holds = async (positions: readonly number[]) => {
    const key = positions.join();
    const trial = tried.get(key)?.trial ?? (await tryAt(positions));
    tried.set(key, { positions, trial });
    return trial.verdict === "holds" && !refused.has(key);
  };
  const most = axes.map(({ values }) => values.length - 1);
  if (!(await holds(most))) return { answer: null, tried };
  for (const order of orders(axes.length).slice(0, ORDERS)) {
    let positions: readonly number[] = most;
    for (const knob of order) positions = await lowered(positions, knob, holds);
  }
  const kept = [...tried.entries()].filter(
    ([key, { trial }]) => trial.verdict === "holds" && !refused.has(key),
  );
  kept.sort(([, one], [, other]) => byPrice(one, other));
  return { answer: kept[0]![1].positions, tried };
}

/** The lowest position of one knob that holds, the others as they are. */
async function lowered(
  positions: readonly number[],
  knob: number,
  holds: (positions: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  const at = (place: number) => positions.map((old, index) => (index === knob ? place : old));
  let [low, high] = [-1, positions[knob]!];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await holds(at(middle))) high = middle;
    else low = middle;
  }
  return at(high);
}

/** A choice and what came of it. */
export interface Tried {
  readonly positions: readonly number[];
  readonly trial: TrialResult;
}

/** Cheaper first; without prices, less first. */
export function byPrice(one: Tried, other: Tried): number {
  const sum = ({ positions }: Tried) => positions.reduce((total, position) => total + position, 0);
  return (one.trial.cost ?? 0) - (other.trial.cost ?? 0) || sum(one) - sum(other);
}

/** Every order of so many knobs. */
function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [
      ...order.slice(0, at),
      count - 1,
      ...order.slice(at),
    ]),
  );
}
