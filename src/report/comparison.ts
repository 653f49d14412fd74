/** The report of a comparison. */
import type { Comparison } from "../experiment/comparison.ts";
import { comparisonBrief } from "./briefs/comparison.ts";
import { briefTerminal, renderBrief } from "./briefs/render.ts";
import { differences } from "./charts/decisions/differences.ts";
import { pareto } from "./charts/decisions/pareto.ts";
import { comparisonSheets } from "./data/decisions/comparison.ts";
import type { Files, RenderOptions } from "./figures.ts";
import type { TerminalOptions } from "./screen.ts";

export function renderComparison(subject: Comparison, options?: RenderOptions): Promise<Files> {
  const brief = comparisonBrief(subject);
  const charts = [differences, pareto];
  return renderBrief({ subject, brief, charts, sheets: comparisonSheets(subject) }, options);
}

export function comparisonTerminal(subject: Comparison, options: TerminalOptions): string {
  return briefTerminal(comparisonBrief(subject), options);
}
