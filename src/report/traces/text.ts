/** Exemplars on a terminal. */
import type { Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { clean, type Paint } from "../screen.ts";
import { duration } from "../units.ts";
import { barsOf, headingOf, type Bar } from "./waterfall.ts";

/** Blocks of lines, one for each exemplar. */
export function tracesText({ exemplars, run }: Result, paint: Paint, width: number): string[][] {
  return exemplars.map((exemplar) => {
    const bars = barsOf(exemplar);
    const end = Math.max(...bars.map(({ to }) => to), exemplar.endedAt - exemplar.bornAt);
    const names = bars.map(({ label, depth }) => clean(`${"  ".repeat(depth)}${label}`));
    const room = Math.min(32, Math.max(...names.map((name) => name.length)));
    const length = Math.max(10, Math.min(60, width - room - 34));
    const born = `born ${secondLabel(run.clock, exemplar.bornAt)}`;
    return [
      `${paint("bold", clean(headingOf(exemplar)))}  ${paint("dim", born)}`,
      ...bars.map((bar, at) => {
        const name = names[at]!.slice(0, room).padEnd(room);
        return `  ${name}  ${drawn(bar, end, length)}  ${said(bar, paint)}`.trimEnd();
      }),
    ];
  });
}

/** "   ░░░████████   ": waits, then is served. */
function drawn({ from, started, to }: Bar, end: number, length: number): string {
  const column = (time: number) => (end === 0 ? 0 : Math.floor((time / end) * length + 0.5));
  const first = Math.min(column(from), length - 1);
  const middle = Math.max(first, Math.min(column(started), length));
  const last = Math.max(first + 1, column(to));
  const waits = Math.min(middle, last) - first;
  return (" ".repeat(first) + "░".repeat(waits) + "█".repeat(last - first - waits)).padEnd(length);
}

function said({ from, started, to, trouble }: Bar, paint: Paint): string {
  const waited = started > from ? `, waited ${duration(started - from)}` : "";
  const text = `${duration(to - from)}${waited}`;
  return trouble === null ? text : `${text} ${paint("red", trouble)}`;
}
