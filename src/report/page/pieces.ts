/** What the page is put together from: tables, figures, the timeline. */
import type { Result } from "../../experiment/result.ts";
import type { Chart } from "../charts/chart.ts";
import { secondLabel } from "../clock.ts";
import { episodeName, timeline, type Episode } from "../story.ts";
import type { Table } from "../tables/table.ts";
import { duration, plural } from "../units.ts";
import { html, Markup, type Content } from "./markup.ts";

/** Episodes the page tells; data/events.csv tells all. */
const EPISODES = 60;

/** A chart with the drawing that goes on the page. */
export interface Figure<Subject = Result> {
  readonly chart: Chart<Subject>;
  readonly svg: string;
}

/** A table that scrolls sideways in its own box; the keyboard can scroll it too. */
export function tableOf(table: Table, label: string): Markup {
  const align = table.columns.map(({ numeric }) => new Markup(numeric ? ' class="n"' : ""));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${table.columns.map((column, at) => html`<th scope="col" ${align[at]!}>${column.label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, at) => cellOf(cell, at, align[at]!))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function cellOf(cell: string, position: number, align: Markup): Markup {
  if (cell.startsWith("✓")) return html`<td class="kept">${cell}</td>`;
  if (cell.startsWith("✗")) return html`<td class="missed">${cell}</td>`;
  return position === 0 ? html`<th scope="row">${cell}</th>` : html`<td${align}>${cell}</td>`;
}

/** A chart with its finding, its drawing and its numbers. */
export function figureOf<Subject>({ chart, svg }: Figure<Subject>, subject: Subject): Markup {
  const { title, name, question } = chart;
  return html`<figure id="${name}">
    <figcaption>
      <h3>${title}</h3>
      <p>${chart.describe(subject)}</p>
    </figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}, chart">
      ${labelled(svg, `${question} ${chart.describe(subject)}`, name)}
    </div>
    <details>
      <summary>The numbers of this chart</summary>
      ${tableOf(chart.table(subject), `${title}, numbers`)}
    </details>
  </figure>`;
}

/** What happened, in order, with reasons. */
export function timelineOf(result: Result): Markup {
  const episodes = timeline(result).filter(({ plane }) => plane !== "fleet");
  if (episodes.length === 0) return html`<p>Nothing broke and nothing was scaled.</p>`;
  const left = episodes.length - EPISODES;
  return html`<ol class="timeline">
      ${episodes.slice(0, EPISODES).map((episode) => entry(episode, result))}
    </ol>
    ${left > 0 ? html`<p>… and ${left} more: see <a href="data/events.csv">data/events.csv</a>.</p>` : null}`;
}

function entry(episode: Episode, result: Result): Markup {
  const { at, until, plane, reason, detectedAfter } = episode;
  const facts = [
    ...(until === null ? [] : [`lasted ${duration(until - at)}`]),
    ...(detectedAfter === null
      ? []
      : [`noticed by a health check after ${duration(detectedAfter)}`]),
  ];
  return html`<li>
    <time>${secondLabel(result.run.clock, at)}</time
    ><span class="chip ${plane}">${planes[plane]}</span>
    <div>
      ${episodeName(episode)}${facts.length > 0 ? ` (${facts.join("; ")})` : ""}<small
        >${reason}</small
      >
    </div>
  </li> `;
}

const planes = { fate: "fault", health: "health", scaling: "scaling", fleet: "fleet" } as const;

export function listOf(sentences: readonly string[], none: string): Markup {
  if (sentences.length === 0) return html`<p>${none}</p>`;
  return html`<ul>
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}

export function facts(pairs: readonly (readonly [string, Content])[]): Markup {
  return html`<dl class="facts">
    ${pairs.map(
      ([term, fact]) =>
        html`<dt>${term}</dt>
          <dd>${fact}</dd>`,
    )}
  </dl>`;
}

/** "Means over 10 replications." */
export function means(result: Result): string {
  const { replications } = result.run;
  if (replications === 1) return "All numbers are from a single run, so none has an interval.";
  return `Curves are means over ${plural(replications, "replication")}; events and fault bands are those of the first.`;
}

/** Drawings of ours are markup; all text in them was escaped by the renderer. Ids get the chart's name, so that no two meet. */
function labelled(svg: string, label: string, name: string): Markup {
  const unique = svg
    .replace(/\bid="/g, `id="${name}-`)
    .replace(/url\(#/g, `url(#${name}-`)
    .replace(/ xmlns:xlink="[^"]*"/, "")
    .replace(/ xmlns="[^"]*"/, "");
  const opening = html`<svg role="img" aria-label="${label}"`.text;
  return new Markup(unique.replace("<svg", opening));
}
