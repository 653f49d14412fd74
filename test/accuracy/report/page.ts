/** index.html: the whole suite on one page that fetches nothing and runs nothing. */
import { VERSION } from "../../../src/experiment/version.ts";
import type { Table } from "../../../src/report/tables/table.ts";
import { wholePage } from "../../../src/report/page/document.ts";
import { html, type Markup } from "../../../src/report/page/markup.ts";
import { figureOf, listOf, tableOf, type Figure } from "../../../src/report/page/pieces.ts";
import { textOf } from "../case.ts";
import { FIRST } from "../play.ts";
import type { Verdict } from "../judge.ts";
import { unexpressed } from "../unexpressed.ts";
import { biasSentences, headline, holds, method } from "./sentences.ts";
import { againTable, claimsTable, familiesTable, lengthOf } from "./tables.ts";

type Verdicts = readonly Verdict[];

const TITLE = "Are the numbers true?";
/** Longer scenarios are lists of the same line; the first part shows what they are. */
const LONGEST = 4000;

export function accuracyPage(verdicts: Verdicts, figures: readonly Figure<Verdicts>[]): string {
  const good = holds(verdicts);
  const names = [...new Set(verdicts.map(({ family }) => family))];
  return wholePage(
    { title: TITLE, engine: VERSION },
    html`<a class="skip" href="#main">Skip to the report</a>
      <header>
        <p class="kicker">Loadstar ${VERSION} · accuracy</p>
        <h1>${TITLE}</h1>
        <div class="verdict ${good ? "kept" : "missed"}">
          <span class="mark" aria-hidden="true">${good ? "✓" : "✗"}</span>
          <div>
            <strong>${headline(verdicts)}</strong>
            <p>${method()}</p>
          </div>
        </div>
      </header>
      <main id="main">
        <section aria-labelledby="bias">
          <h2 id="bias">Does it lean to one side?</h2>
          ${listOf(biasSentences(verdicts), "")}${figures.map((figure) => figureOf(figure, verdicts))}
        </section>
        <section aria-labelledby="families">
          <h2 id="families">By family</h2>
          ${tableOf(familiesTable(verdicts), "Families of cases")}
        </section>
        ${secondLook(againTable(verdicts))} ${names.map((name) => familySection(name, verdicts))}
        <section aria-labelledby="unexpressed">
          <h2 id="unexpressed">What cannot be asked</h2>
          <p>Known results that no scenario can express, and why.</p>
          ${tableOf(unexpressedTable, "Known results that no scenario can express")}
        </section>
      </main>`,
  );
}

export const unexpressedTable: Table = {
  columns: [{ label: "known" }, { label: "why it cannot be asked" }],
  rows: unexpressed.map(({ what, reason }) => [what, reason]),
};

function secondLook(table: Table): Markup | null {
  if (table.rows.length === 0) return null;
  return html`<section aria-labelledby="again">
    <h2 id="again">Looked at twice</h2>
    ${tableOf(table, "Numbers that disagreed at first")}
  </section>`;
}

function familySection(name: string, verdicts: Verdicts): Markup {
  const own = verdicts.filter(({ family }) => family === name);
  const anchor = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return html`<section aria-labelledby="${anchor}">
    <h2 id="${anchor}">${name}</h2>
    ${tableOf(claimsTable(own), `${name}, numbers`)} ${own.map(detailsOf)}
  </section> `;
}

function detailsOf(verdict: Verdict): Markup {
  const { of } = verdict;
  return html`<details>
    <summary>${of.id}: ${of.what}</summary>
    <p>Source: ${of.source}. ${lengthOf(verdict)}.</p>
    ${"worked" in of ? null : html`<pre><code>${shortened(textOf(of, { length: 1, luck: FIRST }))}</code></pre>`}
  </details> `;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\n… and so on`;
}
