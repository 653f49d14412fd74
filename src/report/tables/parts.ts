/** How each part of the platform fared. */
import type { PartResult, Result } from "../../experiment/result.ts";
import { compact, count, duration, NOTHING, percent } from "../units.ts";
import { causesInWords } from "./classes.ts";
import { numbers, words, type Table } from "./table.ts";

export function partsTable(result: Result): Table {
  return {
    columns: [
      words("part"),
      words("kind"),
      words("fleet"),
      numbers("calls"),
      numbers("utilisation (highest)"),
      numbers("queue (longest)"),
      numbers("wait p99"),
      numbers("service p50"),
      numbers("wasted"),
      numbers("hit ratio"),
      words("failed by cause"),
    ],
    rows: result.parts.map((part) => [
      part.name,
      part.kind,
      fleetInWords(part),
      count(part.calls.arrived),
      withMost(percent(part.utilisation), percent(busiestWindow(result, part.name))),
      withMost(compact(part.queueLength?.mean ?? null), compact(part.queueLength?.max ?? null)),
      duration(part.waitingTime?.p99 ?? null),
      duration(part.serviceTime?.p50 ?? null),
      percent(part.wasted),
      percent(part.cache?.hitRatio ?? null),
      causesInWords(part.calls.failed),
    ]),
  };
}

/** The highest utilisation of any window; null for a part without slots. */
export function busiestWindow(result: Result, part: string): number | null {
  const shares = result.windows.parts[part]?.utilisation ?? [];
  return shares.reduce<number | null>(
    (most, share) => (share === null ? most : Math.max(most ?? 0, share)),
    null,
  );
}

function withMost(mean: string, most: string): string {
  return mean === NOTHING ? NOTHING : `${mean} (${most})`;
}

function fleetInWords({ fleet }: PartResult): string {
  if (!fleet) return NOTHING;
  const { initial, peak, type } = fleet;
  const size = `${initial}${peak > initial ? ` … ${compact(peak)}` : ""}`;
  return type === "" ? size : `${size} × ${type}`;
}
