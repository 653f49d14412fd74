/** The report of a sweep. */
import type { Sweep } from "../experiment/sweepResult.ts";
import { quantityName } from "../experiment/result.ts";
import { briefTerminal, renderBrief } from "./briefs/render.ts";
import { sweepBrief } from "./briefs/sweep.ts";
import { response } from "./charts/decisions/response.ts";
import { named, type Sheet } from "./data/csv.ts";
import type { Files, RenderOptions } from "./figures.ts";
import type { TerminalOptions } from "./screen.ts";

export function renderSweep(subject: Sweep, options?: RenderOptions): Promise<Files> {
  const brief = sweepBrief(subject);
  return renderBrief(
    { subject, brief, charts: [response], sheets: { cells: cells(subject) } },
    options,
  );
}

export function sweepTerminal(subject: Sweep, options: TerminalOptions): string {
  return briefTerminal(sweepBrief(subject), options);
}

/** A row for each cell; each number with its half-width. */
function cells({ axes, cells: all }: Sweep): Sheet {
  const quantities = all.find(({ estimates }) => estimates.length > 0)?.estimates ?? [];
  return {
    columns: [
      "cell",
      ...axes.map(({ path }) => named(path)),
      "met",
      "stopped",
      ...quantities.flatMap((one) => [
        named(quantityName(one)),
        `${named(quantityName(one))} half_width`,
      ]),
    ],
    rows: all.map(({ index, values, met, stopped, estimates }) => [
      index,
      ...values.map((value) => (Number.isNaN(Number(value)) ? named(value) : Number(value))),
      met === null ? null : met ? "yes" : "no",
      stopped === null ? null : named(stopped),
      ...quantities.flatMap((_, at) => [
        estimates[at]?.mean ?? null,
        estimates[at]?.halfWidth ?? null,
      ]),
    ]),
  };
}
