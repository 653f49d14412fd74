/**
 * The page for the review meeting: one file, nothing fetched, nothing run.
 *
 * Charts are drawings in the page, not programs. So it prints, opens from a folder, needs no script (the policy in its head forbids any), and is read
 * aloud; whoever wants to turn a chart over opens charts/*.vl.json in an editor for vega-lite.
 */
import type { Result } from "../../experiment/result.ts";
import { unspent } from "../charts/budget.ts";
import type { Section } from "../charts/chart.ts";
import { timeLabel } from "../clock.ts";
import { attack, brokeFirst, conservation, peakTraffic, weight, worstMinute } from "../story.ts";
import { chargesTable, creditSentence, ordersTable, termsTable } from "../tables/bill.ts";
import { blameTable } from "../tables/blame.ts";
import { cachesTable } from "../tables/caches.ts";
import { classesTable } from "../tables/classes.ts";
import { clientCachesTable, clientConnectionsTable } from "../tables/clients.ts";
import { sessionsTable } from "../tables/sessions.ts";
import { slowestSentence, slowestTable } from "../tables/slowest.ts";
import { costTable } from "../tables/cost.ts";
import { brokenTable, drillTable } from "../tables/drill.ts";
import { guardsTable } from "../tables/guards.ts";
import { hardwareTable } from "../tables/hardware.ts";
import { budgetsTable, objectivesTable } from "../tables/objectives.ts";
import { incidentsTable, pagerSentence, rulesTable } from "../tables/people.ts";
import { partsTable } from "../tables/parts.ts";
import { amountOf, duration, money, percent, promised, rate } from "../units.ts";
import { decision, verdict } from "../verdict.ts";
import { wholePage } from "./document.ts";
import { html, type Markup } from "./markup.ts";
import { facts, figureOf, listOf, means, tableOf, timelineOf, type Figure } from "./pieces.ts";

export function page(result: Result, figures: readonly Figure[]): string {
  const drawn = (section: Section) =>
    figures
      .filter(({ chart }) => chart.section === section)
      .map((figure) => figureOf(figure, result));
  return wholePage(
    result,
    html`<a class="skip" href="#main">Skip to the report</a>
      ${heading(result)}
      <nav aria-label="Parts of the report">
        <ul>
          <li><a href="#objectives">Objectives</a></li>
          <li><a href="#happened">What happened</a></li>
          <li><a href="#broke">What broke first</a></li>
          ${result.drill ? html`<li><a href="#game-day">Game day</a></li>` : null}
          <li><a href="#felt">What shoppers felt</a></li>
          <li><a href="#cost-section">What it cost</a></li>
          <li><a href="#trust">How far to trust it</a></li>
        </ul>
      </nav>
      <main id="main">
        ${objectives(result)}
        <section aria-labelledby="happened">
          <h2 id="happened">What happened</h2>
          <p>${means(result)}${attacked(result)}${untouched(result)}</p>
          ${drawn("happened")}
          <h3>In order</h3>
          ${timelineOf(result)}
        </section>
        ${people(result, drawn("people"))}
        <section aria-labelledby="broke">
          <h2 id="broke">What broke first</h2>
          <p><strong>${brokeFirst(result)}.</strong>${worst(result)}</p>
          ${result.blame.length === 0 ? null : tableOf(blameTable(result), "The share of unavailability by cause, by windows")}
          ${drawn("broke")}
          ${tableOf(partsTable(result), "Parts of the platform")}${caches(result)}${guards(result)}${hardware(result)}
        </section>
        ${gameDay(result, drawn("drill"))}
        <section aria-labelledby="felt">
          <h2 id="felt">What shoppers felt</h2>
          ${tableOf(classesTable(result), "Request classes")}${sessions(result)}${clients(result)}${slowest(result)}${drawn("felt")}
        </section>
        <section aria-labelledby="cost-section">
          <h2 id="cost-section">What it cost</h2>
          <p>Prices: ${result.cost.catalogue}. Means per replication, over the whole run.</p>
          ${tableOf(costTable(result), "Cost by part and state")}${bill(result)}${drawn("cost")}
        </section>
        ${trust(result)}
      </main>
      <footer><p>${conservation(result)}.</p></footer>`,
  );
}

/** Nothing where nothing broke and nobody would be told. */
function people(result: Result, drawn: readonly Markup[]): Markup | null {
  const sentence = pagerSentence(result);
  const tables = [
    [incidentsTable(result), "Faults: noticed, told, over, counted from the fault on"],
    [rulesTable(result), "Alert rules, over all replications"],
  ] as const;
  const shown = tables.filter(([{ rows }]) => rows.length > 0);
  if (shown.length === 0) return null;
  return html`<section aria-labelledby="people">
    <h2 id="people">Who noticed, and when</h2>
    ${sentence === null ? null : html`<p><strong>${sentence}.</strong></p>`}
    ${shown.map(
      ([table, label]) =>
        html`<h3>${label}</h3>
          ${tableOf(table, label)}`,
    )}${drawn}
  </section>`;
}

/** Nothing where no drill was asked for. */
function gameDay({ drill }: Result, drawn: readonly Markup[]): Markup | null {
  if (!drill) return null;
  const broken = brokenTable(drill);
  return html`<section aria-labelledby="game-day">
    <h2 id="game-day">Game day</h2>
    ${tableOf(drillTable(drill), "Promises kept, by what was broken at the peak")}
    ${broken.rows.length === 0 ? null : tableOf(broken, "Promises broken, and what broke first")}
    ${drawn}
  </section>`;
}

/** Nothing where no workload has a journey. */
function sessions(result: Result): Markup | string {
  return result.sessions.length === 0 ? "" : tableOf(sessionsTable(result), "Journeys");
}

/** Nothing where clients keep nothing, and have as many connections as they like. */
function clients(result: Result): Markup {
  const tables = [
    [clientCachesTable(result), "Answers kept by users"],
    [clientConnectionsTable(result), "Connections of clients"],
  ] as const;
  const shown = tables.filter(([{ rows }]) => rows.length > 0);
  return html`${shown.map(([table, label]) => tableOf(table, label))}`;
}

/** Nothing where all machines are on demand and nothing else is paid or lost. */
function bill(result: Result): Markup {
  const credit = creditSentence(result);
  const tables = [
    [termsTable(result), "How machines were bought"],
    [chargesTable(result), "Paid besides machines"],
    [ordersTable(result), "Orders done and lost"],
  ] as const;
  const shown = tables.filter(([{ rows }]) => rows.length > 0);
  return html`${shown.map(
    ([table, label]) =>
      html`<h3>${label}</h3>
        ${tableOf(table, label)}`,
  )}${credit === null ? null : html`<p>${credit}.</p>`}`;
}

/** Nothing where no requests were followed. */
function slowest(result: Result): Markup | string {
  const sentence = slowestSentence(result);
  if (sentence === null) return "";
  return html`<p>${sentence}.</p>
    ${tableOf(slowestTable(result), "Time of a request by part, all and the slowest 1 %")}`;
}

/** Nothing where no part is a cache. */
function caches(result: Result): Markup | string {
  const table = cachesTable(result);
  return table.rows.length === 0 ? "" : tableOf(table, "Caches");
}

/** Nothing where nobody is turned away at a door. */
function guards(result: Result): Markup | string {
  const table = guardsTable(result);
  return table.rows.length === 0 ? "" : tableOf(table, "Let in and turned away");
}

/** Nothing where no calls use a disk or a network. */
function hardware(result: Result): Markup | string {
  const table = hardwareTable(result);
  return table.rows.length === 0 ? "" : tableOf(table, "Disks and networks, busy share");
}

function heading(result: Result): Markup {
  const { met, headline, detail } = verdict(result);
  const decided = decision(result);
  const mark = met === null ? "○" : met ? "✓" : "✗";
  const look = met === null ? "" : met ? "kept" : "missed";
  const from = [
    result.scenario,
    ...(result.variant === null ? [] : [`variant ${result.variant}`]),
    weight(result),
  ];
  return html`<header>
    <p class="kicker">${from.join(" · ")}</p>
    <h1>${result.title}</h1>
    <div class="verdict ${look}">
      <span class="mark" aria-hidden="true">${mark}</span>
      <div>
        <strong>${headline}</strong>
        <p>${detail}</p>
        ${decided === null ? null : html`<p>${decided}</p>`}
      </div>
    </div>
    ${tiles(result)}
  </header>`;
}

function tiles(result: Result): Markup {
  const { availability, total, cost } = result;
  const peak = peakTraffic(result);
  const tile = (term: string, value: string, note: string) =>
    html`<div>
      <dt>${term}</dt>
      <dd>${value}<small>${note}</small></dd>
    </div>`;
  return html`<dl class="tiles">
    ${tile("Requests that succeeded", percent(availability.byRequest), `${nines(availability.nines)}${percent(availability.byTime)} of windows kept ${promised(availability.threshold)}`)}
    ${tile("p99 latency", duration(total.latency.p99), `p50 ${duration(total.latency.p50)}`)}
    ${tile("Peak traffic", rate(peak?.perSecond ?? null), peak ? `at ${timeLabel(result.run.clock, peak.at)}` : "no request")}
    ${tile("Cost of the run", money(cost.total, cost.currency), `${amountOf(cost.perHour)} per hour`)}
    ${tile("Per thousand good requests", money(cost.perThousandGood, cost.currency), `${money(cost.perThousandRequests, cost.currency)} per thousand sent`)}
  </dl>`;
}

/** In place of the picture of error budgets, where nothing was spent of them. */
function untouched(result: Result): string {
  const sentence = unspent(result);
  return sentence === null ? "" : ` ${sentence}`;
}

/** "2.7 nines; "; nothing where nothing failed. */
function nines(value: number | null): string {
  return value === null ? "" : `${value.toFixed(1)} nines; `;
}

function objectives(result: Result): Markup {
  return html`<section aria-labelledby="objectives">
    <h2 id="objectives">Objectives</h2>
    ${result.objectives.length > 0 ? tableOf(objectivesTable(result), "Promised and observed") : html`<p>The scenario declares no objectives.</p>`}
    ${budgetsTable(result).rows.length > 0 ? tableOf(budgetsTable(result), "Error budgets, burn rates and Apdex") : null}
  </section>`;
}

function attacked(result: Result): Markup | null {
  const sentence = attack(result);
  return sentence === null ? null : html` Attack: ${sentence}.`;
}

function worst(result: Result): Markup | null {
  const sentence = worstMinute(result);
  return sentence === null ? null : html` Worst minute: ${sentence}.`;
}

/** What must lie in the folder too: the report does not copy what may be gigabytes. */
function beside({ files }: Result): string {
  if (files.length === 0) return "";
  const names = files.map(({ file }) => file).join(", ");
  return `, after putting there, by the same path, what it replays: ${names}`;
}

function trust(result: Result): Markup {
  const { seed, engine, runId, fingerprint, run, scenario, variant } = result;
  return html`<section aria-labelledby="trust">
    <h2 id="trust">How far to trust it</h2>
    <h3>Warnings</h3>
    ${listOf(result.warnings, "None.")}
    <h3>Assumptions made where the scenario was silent</h3>
    ${listOf(result.assumptions, "None.")}
    <h3>Where it comes from</h3>
    ${facts([
      ["Scenario", `${scenario}${variant === null ? "" : `, variant ${variant}`}`],
      ["Simulated", `${duration(run.duration)}, the first ${duration(run.warmUp)} not counted`],
      ["Replications", `${run.replications}, intervals at ${promised(run.confidence)}`],
      ["Seed", html`<code>${seed}</code>`],
      ...result.files.map(
        ({ file, sha256 }) =>
          ["Replayed", html`${file} <code>${sha256.slice(0, 12)}</code>`] as const,
      ),
      ["Engine", `Loadstar ${engine}`],
      ["Run", html`<code>${runId}</code>`],
      ["Fingerprint", html`<code>${fingerprint}</code>`],
      [
        "Again",
        html`<code>npx loadstar run scenario.resolved.yaml</code> in this folder${beside(result)}`,
      ],
      [
        "Numbers",
        html`<a href="result.json">result.json</a>, <a href="data/timeseries.csv">time series</a>,
          <a href="data/latency.csv">latency</a>, <a href="data/instances.csv">instances</a>,
          <a href="data/caches.csv">caches</a>, <a href="data/guards.csv">guards</a>,
          <a href="data/events.csv">events</a>, <a href="data/incidents.csv">incidents</a>,
          <a href="data/alerts.csv">alerts</a>, <a href="data/costs.csv">costs</a>,
          <a href="data/objectives.csv">objectives</a>,
          ${result.drill ? html`<a href="data/drill.csv">drill</a>,` : null}
          <a href="openmetrics.txt">OpenMetrics</a>`,
      ],
    ])}
  </section>`;
}
