/** The report of a search. */
import type { Sizing } from "../experiment/sizing.ts";
import { briefTerminal, renderBrief } from "./briefs/render.ts";
import { sizingBrief } from "./briefs/sizing.ts";
import { frontier } from "./charts/decisions/frontier.ts";
import { named, type Sheet } from "./data/csv.ts";
import type { Files, RenderOptions } from "./figures.ts";
import type { TerminalOptions } from "./screen.ts";

export function renderSizing(subject: Sizing, options?: RenderOptions): Promise<Files> {
  const brief = sizingBrief(subject);
  return renderBrief(
    { subject, brief, charts: [frontier], sheets: { trials: trials(subject) } },
    options,
  );
}

export function sizingTerminal(subject: Sizing, options: TerminalOptions): string {
  return briefTerminal(sizingBrief(subject), options);
}

/** A row for each objective of each trial. */
function trials({ knobs, trials: all }: Sizing): Sheet {
  return {
    columns: [
      ...knobs.map(({ path }) => named(path)),
      ...["replications", "cost", "objective", "target", "mean", "bound", "margin", "verdict"],
    ],
    rows: all.flatMap(({ values, replications, cost, objectives }) =>
      objectives.map((one) => [
        ...values.map((value) => (Number.isNaN(Number(value)) ? named(value) : Number(value))),
        ...[
          replications,
          cost,
          named(one.name),
          one.target,
          one.mean,
          one.bound,
          one.margin,
          one.verdict,
        ],
      ]),
    ),
  };
}
