/** A brief as a folder of files, and as lines on a terminal. */
import type { Chart } from "../charts/chart.ts";
import { csv, type Sheet } from "../data/csv.ts";
import { draw, type Files, type RenderOptions } from "../figures.ts";
import { manifest, type Origin } from "../manifest.ts";
import { list, picture, plain, table as markdownTable } from "../markdown.ts";
import { wholePage } from "../page/document.ts";
import { html, type Markup } from "../page/markup.ts";
import { facts, figureOf, listOf, tableOf, type Figure } from "../page/pieces.ts";
import { clean, folded, painter, table as screenTable, type TerminalOptions } from "../screen.ts";
import type { Table } from "../tables/table.ts";
import type { Brief, BriefSection } from "./brief.ts";

/** Everything a folder is made from. */
export interface Telling<Subject extends Origin> {
  readonly subject: Subject;
  readonly brief: Brief;
  readonly charts: readonly Chart<Subject>[];
  /** Tables for spreadsheets, by file name without ending. */
  readonly sheets: Readonly<Record<string, Sheet>>;
}

/** Every file of the folder. The subject itself is saved under the last word of its format. */
export async function renderBrief<Subject extends Origin>(
  { subject, brief, charts, sheets }: Telling<Subject>,
  options: RenderOptions = {},
): Promise<Files> {
  const files: Files = new Map();
  const figures = await draw(charts, subject, files, options);
  files.set("report.html", page(subject, brief, figures));
  files.set("summary.md", markdown(subject, brief, figures));
  const name = subject.format.slice(subject.format.indexOf("/") + 1);
  files.set(`${name}.json`, `${JSON.stringify(subject, null, 2)}\n`);
  for (const [sheet, content] of Object.entries(sheets))
    files.set(`data/${sheet}.csv`, await csv(content));
  files.set("manifest.json", manifest(subject, files));
  return files;
}

function markOf({ met }: Brief): string {
  return met === null ? "○" : met ? "✓" : "✗";
}

function page<Subject extends Origin>(
  subject: Subject,
  brief: Brief,
  figures: readonly Figure<Subject>[],
): string {
  const look = brief.met === null ? "" : brief.met ? "kept" : "missed";
  const section = ({ heading, sentences, table, charts }: BriefSection, place: number): Markup => {
    const drawn = figures.filter(({ chart }) => charts.includes(chart.name));
    return html`<section aria-labelledby="section-${place}">
      <h2 id="section-${place}">${heading}</h2>
      ${sentences.map((sentence) => html`<p>${sentence}</p> `)}
      ${drawn.map((figure) => figureOf(figure, subject))}
      ${table && tableOf(table, `${heading}, table`)}
    </section> `;
  };
  const body = html`<a class="skip" href="#main">Skip to the report</a>
    <header>
      <p class="kicker">${brief.kicker.join(" · ")}</p>
      <h1>${brief.title}</h1>
      <div class="verdict ${look}">
        <span class="mark" aria-hidden="true">${markOf(brief)}</span>
        <div>
          <strong>${brief.headline}</strong>
          <p>${brief.detail}</p>
        </div>
      </div>
    </header>
    <main id="main">
      ${brief.sections.map(section)}
      <section aria-labelledby="trust">
        <h2 id="trust">How far to trust it</h2>
        <h3>Warnings</h3>
        ${listOf(brief.warnings, "None.")}
        <h3>Where it comes from</h3>
        ${facts(brief.origin)}
      </section>
    </main>`;
  return wholePage({ title: brief.title, engine: subject.engine }, body);
}

function markdown<Subject extends Origin>(
  subject: Subject,
  brief: Brief,
  figures: readonly Figure<Subject>[],
): string {
  const mark = brief.met === null ? "" : `${markOf(brief)} `;
  const section = ({ heading, sentences, table, charts }: BriefSection) => [
    `## ${plain(heading)}`,
    ...sentences.map(plain),
    ...figures
      .filter(({ chart }) => charts.includes(chart.name))
      .map(({ chart }) => picture(chart, subject)),
    ...(table ? [markdownTable(table)] : []),
  ];
  const sections = [
    `# ${plain(brief.title)}`,
    `**${mark}${plain(brief.headline)}** ${plain(brief.detail)}`,
    ...brief.sections.flatMap(section),
    ...(brief.warnings.length > 0 ? ["## Warnings", list(brief.warnings)] : []),
    "---",
    plain(brief.origin.map(([term, fact]) => `${term}: ${fact}`).join("; ")),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The brief as a person reads it on a terminal. */
export function briefTerminal(brief: Brief, { colour, width }: TerminalOptions): string {
  const paint = painter(colour);
  const style = brief.met === null ? "bold" : brief.met ? "green" : "red";
  const head = [
    ...folded(`${markOf(brief)} ${clean(brief.headline)}`, width, 2).map((line) =>
      paint(style, line),
    ),
    ...folded(`  ${clean(brief.detail)}`, width, 2),
    ...folded(`  ${clean(brief.title)} (${brief.kicker.join(", ")})`, width, 2).map((line) =>
      paint("dim", line),
    ),
  ];
  const blocks = [
    head,
    ...brief.sections.flatMap(({ sentences, table }) => [
      sentences.flatMap((sentence) => folded(clean(sentence), width, 0)),
      table ? screenTable(cleaned(table), paint, width) : [],
    ]),
    brief.warnings.flatMap((warning) =>
      folded(`! ${clean(warning)}`, width, 2).map((line) => paint("yellow", line)),
    ),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** Fit for a terminal: nothing that paints it, and no columns that are aside. */
function cleaned({ columns, rows }: Table): Table {
  const shown = columns.map(({ aside }) => aside !== true);
  return {
    columns: columns
      .filter((_, at) => shown[at])
      .map((column) => ({ ...column, label: clean(column.label) })),
    rows: rows.map((cells) => cells.filter((_, at) => shown[at]).map(clean)),
  };
}
