/** summary.md: the report as a comment on a pull request. */
import type { DrillResult, Result } from "../experiment/result.ts";
import { unspent } from "./charts/budget.ts";
import type { Chart } from "./charts/chart.ts";
import { mermaid } from "./mermaid.ts";
import {
  attack,
  brokeFirst,
  brokeFirstLabel,
  conservation,
  peakTraffic,
  weight,
  worstMinute,
} from "./story.ts";
import { timeLabel } from "./clock.ts";
import { chargesTable, creditSentence, ordersTable, termsTable } from "./tables/bill.ts";
import { blameTable } from "./tables/blame.ts";
import { cachesTable } from "./tables/caches.ts";
import { classesTable } from "./tables/classes.ts";
import { costTable } from "./tables/cost.ts";
import { brokenTable, drillSentence, drillTable } from "./tables/drill.ts";
import { guardsTable } from "./tables/guards.ts";
import { hardwareTable } from "./tables/hardware.ts";
import { budgetsTable, objectivesTable } from "./tables/objectives.ts";
import { firingsTable, incidentsTable, pagerSentence, rulesTable } from "./tables/people.ts";
import { partsTable } from "./tables/parts.ts";
import { clientCachesTable, clientConnectionsTable } from "./tables/clients.ts";
import { sessionsTable } from "./tables/sessions.ts";
import type { Table } from "./tables/table.ts";
import { timelineTable } from "./tables/timeline.ts";
import { money, rate } from "./units.ts";
import { decision, verdict } from "./verdict.ts";

/** `drawn` are the charts that have a drawing in charts/. */
export function markdown(result: Result, drawn: readonly Chart[]): string {
  const { headline, detail, met } = verdict(result);
  const mark = met === null ? "" : met ? "✓ " : "✗ ";
  const { cost } = result;
  const caches = cachesTable(result);
  const clientCaches = clientCachesTable(result);
  const connections = clientConnectionsTable(result);
  const guards = guardsTable(result);
  const hardware = hardwareTable(result);
  const sections = [
    `# ${plain(result.title)}`,
    `**${mark}${headline}** ${plain(detail)}`,
    plain(decision(result) ?? ""),
    result.objectives.length > 0 ? table(objectivesTable(result)) : "",
    budgetsTable(result).rows.length > 0 ? table(budgetsTable(result)) : "",
    "## What happened",
    list(happened(result)),
    result.events.length > 0 ? table(timelineTable(result)) : "",
    people(result),
    result.blame.length > 0 ? `## Why requests failed\n\n${table(blameTable(result))}` : "",
    mermaid(result) ?? "",
    drawn.map((chart) => picture(chart, result)).join("\n\n"),
    "## Classes",
    table(classesTable(result)),
    result.drill ? gameDay(result, result.drill) : "",
    result.sessions.length > 0 ? `## Journeys\n\n${table(sessionsTable(result))}` : "",
    clientCaches.rows.length > 0 ? `## Kept by users\n\n${table(clientCaches)}` : "",
    connections.rows.length > 0 ? `## Connections of clients\n\n${table(connections)}` : "",
    "## Parts",
    table(partsTable(result)),
    caches.rows.length > 0 ? `## Caches\n\n${table(caches)}` : "",
    guards.rows.length > 0 ? `## Let in and turned away\n\n${table(guards)}` : "",
    hardware.rows.length > 0 ? `## Disks and networks\n\n${table(hardware)}` : "",
    "## Cost",
    `${money(cost.total, cost.currency)} for the run, ${money(cost.perHour, cost.currency)} per hour, ${money(cost.perThousandGood, cost.currency)} per thousand good requests (${plain(cost.catalogue)}).`,
    table(costTable(result)),
    ...[termsTable(result), chargesTable(result), ordersTable(result)].map((each) =>
      each.rows.length > 0 ? table(each) : "",
    ),
    plain(creditSentence(result) ?? ""),
    result.warnings.length > 0 ? `## Warnings\n\n${list(result.warnings)}` : "",
    result.assumptions.length > 0 ? `## Assumptions\n\n${list(result.assumptions)}` : "",
    `---\n\n${plain(origin(result))}`,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** Text of strangers as text: no markup, no link, no cell border, nobody notified. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]{}|~#!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@<!-- -->")
    .replace(/^(\d+)([.)])(?= |$)/, "$1\\$2")
    .replace(/^([-+])/, "\\$1");
}

/** Nothing where nothing broke and nobody would be told. */
function people(result: Result): string {
  const tables = [incidentsTable(result), rulesTable(result), firingsTable(result)];
  const shown = tables.filter(({ rows }) => rows.length > 0).map(table);
  if (shown.length === 0) return "";
  const sentence = pagerSentence(result);
  const told = sentence === null ? [] : [`${plain(sentence)}.`];
  return ["## Who noticed, and when", ...told, ...shown].join("\n\n");
}

function gameDay(result: Result, drill: DrillResult): string {
  const broken = brokenTable(drill);
  const sections = [
    "## Game day",
    plain(drillSentence(result, drill)),
    table(drillTable(drill)),
    broken.rows.length > 0 ? table(broken) : "",
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function happened(result: Result): string[] {
  const peak = peakTraffic(result);
  const worst = worstMinute(result);
  const attacked = attack(result);
  return [
    ...(peak
      ? [`Traffic peaked at ${rate(peak.perSecond)} at ${timeLabel(result.run.clock, peak.at)}.`]
      : []),
    `${capitalised(brokeFirstLabel(result))}: ${brokeFirst(result)}.`,
    ...(worst === null ? [] : [`Worst minute: ${worst}.`]),
    ...[unspent(result)].filter((sentence) => sentence !== null),
    ...(attacked === null ? [] : [`Attack: ${attacked}.`]),
  ];
}

function origin(result: Result): string {
  const { engine, runId, seed, fingerprint } = result;
  return `${weight(result)}; seed "${seed}", run ${runId}, fingerprint ${fingerprint}, Loadstar ${engine}. ${conservation(result)}.`;
}

export function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${plain(sentence)}`).join("\n");
}

export function picture<Subject>(chart: Chart<Subject>, subject: Subject): string {
  return `![${plain(chart.title)}: ${plain(chart.describe(subject))}](charts/${chart.name}.svg)`;
}

export function table({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
  const rule = columns.map(({ numeric }) => (numeric ? "--:" : ":--")).join(" | ");
  return [line(columns.map(({ label }) => label)), `| ${rule} |`, ...rows.map(line)].join("\n");
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
