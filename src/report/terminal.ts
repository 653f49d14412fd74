/** The summary of a run that a person reads in ten seconds: the verdict, the objectives, then why. */
import type { Result } from "../experiment/result.ts";
import { timeLabel } from "./clock.ts";
import {
  attack,
  brokeFirst,
  brokeFirstLabel,
  conservation,
  peakTraffic,
  weight,
  worstMinute,
} from "./story.ts";
import { blameSentence } from "./tables/blame.ts";
import { creditSentence } from "./tables/bill.ts";
import { budget, periodBudget } from "./tables/objectives.ts";
import { className, successShare } from "./tables/classes.ts";
import { incidentsTable, pagerSentence } from "./tables/people.ts";
import { brokenTable, drillSentence, drillTable } from "./tables/drill.ts";
import { clientCachesTable, clientConnectionsTable } from "./tables/clients.ts";
import { sessionsTable } from "./tables/sessions.ts";
import { busiestWindow } from "./tables/parts.ts";
import { clean, folded, painter, table, type Paint, type TerminalOptions } from "./screen.ts";
import { numbers, words, type Table } from "./tables/table.ts";
import { compact, count, duration, money, NOTHING, percent, rate } from "./units.ts";
import { causeOfMiss } from "./why/firstCause.ts";
import { interval, observed, target, verdict } from "./verdict.ts";

export function renderTerminal(result: Result, { colour, width }: TerminalOptions): string {
  const paint = painter(colour);
  const fit = (text: string, indent: number) => folded(text, width, indent);
  const blocks = [
    [...head(result, paint, fit), ...objectives(result, paint, fit)],
    happened(result, fit),
    incidents(result, paint, width, fit),
    table(classes(result), paint, width),
    result.sessions.length > 0 ? table(cleaned(sessionsTable(result)), paint, width) : [],
    ...[clientCachesTable(result), clientConnectionsTable(result)].map((each) =>
      each.rows.length > 0 ? table(cleaned(each), paint, width) : [],
    ),
    table(parts(result), paint, width),
    ...drilled(result, paint, fit, width),
    [...cost(result, fit), ...warnings(result, paint, fit)],
    fit(`${conservation(result)}.`, 0).map((line) => paint("dim", line)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

type Fit = (text: string, indent: number) => string[];

function head(result: Result, paint: Paint, fit: Fit): string[] {
  const { met, headline } = verdict(result);
  const mark = met === null ? "○" : met ? "✓" : "✗";
  const style = met === null ? "bold" : met ? "green" : "red";
  const [first = "", ...rest] = fit(`${mark} ${headline}`, 2);
  const subject = `${clean(result.title)} (${weight(result)})`;
  return [
    paint(style, first),
    ...rest.map((line) => paint(style, line)),
    ...fit(`  ${subject}`, 2).map((line) => paint("dim", line)),
  ];
}

function objectives(result: Result, paint: Paint, fit: Fit): string[] {
  return result.objectives.flatMap((objective) => {
    const mark = objective.met ? paint("green", "✓") : paint("red", "✗");
    const spread = interval(objective);
    const seen = spread === null ? observed(objective) : `${observed(objective)} (${spread})`;
    const allowance = budget(objective);
    const spent = allowance === NOTHING ? "" : `; budget ${allowance}`;
    const text = `${clean(objective.name)}: ${seen}, promised ${target(objective)}${spent}`;
    const [first = "", ...rest] = fit(`    ${text}`, 4);
    const { period } = objective;
    const longer = period ? fit(`    of its window: ${periodBudget(period)}`, 4) : [];
    const cause = objective.met ? null : causeOfMiss(result, objective);
    const why = cause === null ? [] : fit(`    first broken by: ${clean(cause)}`, 4);
    return [`  ${mark} ${first.trimStart()}`, ...rest, ...longer, ...why];
  });
}

function happened(result: Result, fit: Fit): string[] {
  const peak = peakTraffic(result);
  const worst = worstMinute(result);
  const attacked = attack(result);
  return [
    ...(peak
      ? fit(`peak traffic  ${rate(peak.perSecond)} at ${timeLabel(result.run.clock, peak.at)}`, 14)
      : []),
    ...fit(`${brokeFirstLabel(result).padEnd(14)}${clean(brokeFirst(result))}`, 14),
    ...(worst === null ? [] : fit(`worst minute  ${worst}`, 14)),
    ...(attacked === null ? [] : fit(`attack        ${clean(attacked)}`, 14)),
  ];
}

/** Faults on a terminal: the report has them all. */
const FAULTS = 6;

/** Faults by who noticed them and when; nothing where nothing broke and nobody would be told. */
function incidents(result: Result, paint: Paint, width: number, fit: Fit): string[] {
  const sentence = pagerSentence(result);
  const blame = blameSentence(result);
  const { rows } = incidentsTable(result);
  const faults: Table = {
    columns: [words("fault"), ...["noticed", "paged", "users well"].map(numbers)],
    rows: rows.slice(0, FAULTS).map(([at, fault, noticed, , paged, well]) => {
      return [`${at} ${clean(fault!)}`, noticed!, paged!, well!];
    }),
  };
  return [
    ...table(faults, paint, width),
    ...(sentence === null ? [] : fit(`pager         ${clean(sentence)}.`, 14)),
    ...(blame === null ? [] : fit(`to blame      ${blame}`, 14)),
  ];
}

function classes(result: Result): Table {
  return {
    columns: [words("class"), ...["generated", "succeeded", "p50", "p99"].map(numbers)],
    rows: result.classes.map((entry) => [
      clean(className(entry)),
      count(entry.generated),
      percent(successShare(entry)),
      duration(entry.latency.p50),
      duration(entry.latency.p99),
    ]),
  };
}

function cleaned({ columns, rows }: Table): Table {
  return { columns, rows: rows.map((cells) => cells.map(clean)) };
}

function parts(result: Result): Table {
  return {
    columns: [words("part"), ...["instances", "busy", "at most", "queue at most"].map(numbers)],
    rows: result.parts.map(({ name, fleet, utilisation, queueLength }) => [
      clean(name),
      fleet === null ? "–" : instances(fleet.initial, fleet.peak),
      percent(utilisation),
      percent(busiestWindow(result, name)),
      compact(queueLength?.max ?? null),
    ]),
  };
}

/** The matrix, and each promise that was broken with its cause; nothing where no drill was held. */
function drilled(result: Result, paint: Paint, fit: Fit, width: number): string[][] {
  if (!result.drill) return [];
  const broken = brokenTable(result.drill).rows.map((cells) => cells.map(clean));
  return [
    fit(drillSentence(result, result.drill), 2),
    table(cleaned(drillTable(result.drill)), paint, width),
    broken.flatMap(([what, name, seen, wanted, cause]) =>
      fit(`✗ ${what}: ${name} was ${seen}, promised ${wanted}; ${cause}`, 2),
    ),
  ];
}

function instances(initial: number, peak: number): string {
  return peak > initial ? `${initial} … ${compact(peak)}` : String(initial);
}

/** Nothing where nothing has a price. */
function cost(result: Result, fit: Fit): string[] {
  const { parts: priced, charges, orders, total, perHour, perThousandGood, currency } = result.cost;
  const good =
    perThousandGood === null
      ? ""
      : `, ${money(perThousandGood, currency)} per thousand good requests`;
  const lost = orders.filter((order) => order.lost > 0);
  const credit = creditSentence(result);
  return [
    ...(priced.length + charges.length === 0
      ? []
      : fit(`cost  ${money(total, currency)}, ${money(perHour, currency)} per hour${good}`, 6)),
    ...lost.flatMap((order) =>
      fit(
        `lost  ${money(order.missed, order.currency)}: ${count(order.lost)} of ${clean(order.of)}`,
        6,
      ),
    ),
    ...(credit === null ? [] : fit(`SLA   ${clean(credit)}`, 6)),
  ];
}

function warnings(result: Result, paint: Paint, fit: Fit): string[] {
  return result.warnings.flatMap((warning) =>
    fit(`! ${clean(warning)}`, 2).map((line) => paint("yellow", line)),
  );
}
