/**
 * Stretches of time in which a part was in trouble, and which of them only followed from another:
 * what calls a part in trouble is soon in trouble itself.
 */
import type { Result, WindowsResult } from "../../experiment/result.ts";

/** Utilisation from which a part counts as out of slots, averaged over a window. */
export const FULL = 0.95;
/** Share of a window's calls that must fail at a part before it counts as in trouble. */
export const FAILING = 0.01;
/** Trouble that comes back within this time is the same trouble [s]. */
const TOGETHER = 30;

export type PartWindows = WindowsResult["parts"][string];

/** By part, every part that its answers wait for. */
export type Callees = ReadonlyMap<string, ReadonlySet<string>>;

export interface Episode {
  readonly part: string;
  /** First and last window. */
  readonly from: number;
  readonly to: number;
  /** What follows from it: episodes of parts that wait for this one, by time. */
  readonly effects: readonly Episode[];
}

/** Follows the calls from part to part. */
export function calleesOf({ parts, edges }: Result): Callees {
  const direct = (name: string) =>
    edges.filter(({ kind, from }) => kind === "part" && from === name).map(({ to }) => to);
  return new Map(
    parts.map(({ name }) => {
      const found = new Set<string>(direct(name));
      for (const callee of found) for (const next of direct(callee)) found.add(next);
      return [name, found];
    }),
  );
}

/** The episodes nothing below explains, by time, each with what followed from it. */
export function rootsOf(result: Result, callees: Callees): Episode[] {
  const episodes = Object.entries(result.windows.parts).flatMap(([part, windows]) =>
    stretchesOf(result, windows).map(([from, to]) => ({ part, from, to })),
  );
  const roots = new Map(episodes.map((one) => [one, rootOf(one, episodes, callees)]));
  const byTime = [...episodes].sort((left, right) => left.from - right.from);
  return byTime
    .filter((one) => roots.get(one) === one)
    .map((root) => ({
      ...root,
      effects: byTime
        .filter((one) => one !== root && roots.get(one) === root)
        .map((one) => ({ ...one, effects: [] })),
    }));
}

type Stretch = Omit<Episode, "effects">;

/** Follows what an episode waits for down to where it began. */
function rootOf(episode: Stretch, all: readonly Stretch[], callees: Callees): Stretch {
  const passed = new Set<Stretch>();
  let here = episode;
  for (;;) {
    passed.add(here);
    const { part } = here;
    const below = all
      .filter((one) => one.part !== part && callees.get(part)?.has(one.part))
      .filter((one) => overlaps(one, here) && !passed.has(one))
      .sort((left, right) => left.from - right.from);
    if (below.length === 0) return here;
    here = below[0]!;
  }
}

/** A cause may show in the window after its effect: both began within one, near its end. */
function overlaps(cause: Stretch, effect: Stretch): boolean {
  return cause.from <= effect.from + 1 && cause.to >= effect.from - 1;
}

/** First and last windows of the measured trouble of a part. */
function stretchesOf({ run, windows }: Result, part: PartWindows): [number, number][] {
  const stretches: [number, number][] = [];
  const gap = Math.max(1, Math.ceil(TOGETHER / windows.length));
  const firstMeasured = windows.start.findIndex((start) => start >= run.warmUp);
  windows.start.forEach((start, at) => {
    if (start < run.warmUp || !isInTrouble(part, at)) return;
    const last = stretches.at(-1);
    if (last && at - last[1] <= gap) last[1] = at;
    else stretches.push([onset(part, at, firstMeasured), at]);
  });
  return stretches;
}

/** A part is full only some time after more than it can complete began to come. */
function onset(part: PartWindows, trouble: number, first: number): number {
  const isOverrun = (at: number) => (part.arrivals[at] ?? 0) > (part.capacity[at] ?? Infinity);
  let at = trouble;
  while (at > first && isOverrun(at - 1)) at--;
  return at;
}

function isInTrouble(part: PartWindows, at: number): boolean {
  return (part.utilisation[at] ?? 0) >= FULL || failingShare(part, at) >= FAILING;
}

/** Share of the calls resolved in a window that failed, of one cause or of all. */
export function failingShare(part: PartWindows, at: number, cause?: string): number {
  const failed = part.failed[at] ?? 0;
  const resolved = failed + (part.ok[at] ?? 0);
  const counted = cause === undefined ? failed : (part.failures[cause]?.[at] ?? 0);
  return resolved > 0 ? counted / resolved : 0;
}

/** The windows of an episode. */
export function windowsIn({ from, to }: Stretch): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** The window of an episode in which a series is highest, and how high. */
export function peakIn(episode: Stretch, value: (at: number) => number) {
  return windowsIn(episode).reduce(
    (peak, at) => (value(at) > peak.value ? { at, value: value(at) } : peak),
    { at: episode.from, value: value(episode.from) },
  );
}
