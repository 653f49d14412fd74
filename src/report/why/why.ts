/** Why a run went as it did: the causes by time, the bottleneck, where time was spent, the headroom. */
import type { Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { clean, folded, painter, table, type TerminalOptions } from "../screen.ts";
import { brokeFirst, brokeFirstLabel, firstReplication } from "../story.ts";
import { numbers, words, type Table } from "../tables/table.ts";
import { slowestSentence, slowestTable } from "../tables/slowest.ts";
import { tracesText } from "../traces/text.ts";
import { digits, duration, rate } from "../units.ts";
import { chainsOf, faultClause, type Chain, type Clause } from "./chains.ts";
import { HEADROOM_ASSUMPTION, headroomOf, type Headroom } from "./headroom.ts";
import { toldIn } from "./told.ts";
import { SPENT_ASSUMPTION, spentIn, spentSentences, type Spent } from "./spent.ts";

/** A document of its own, made of nothing but a Result. Times in seconds from the start of the run. */
export interface Why {
  readonly format: "loadstar/why";
  readonly version: "1.0";
  readonly runId: string;
  readonly title: string;
  readonly scenario: string;
  readonly variant: string | null;
  readonly causes: readonly Chain[];
  /** Faults after which no part ran out or failed. */
  readonly unfelt: readonly Clause[];
  /** Rollouts and alerts: what was decided, what fired, who was told. */
  readonly told: readonly Clause[];
  /** `law` is the utilisation law's word on it, where the part has a capacity. */
  readonly bottleneck: (NonNullable<Result["bottleneck"]> & { readonly law: string | null }) | null;
  readonly latency: { readonly sentences: readonly string[]; readonly parts: readonly Spent[] };
  readonly headroom: readonly Headroom[];
  /** Single requests, where they were followed. */
  readonly exemplars: Result["exemplars"];
  /** Where their time went, and that of the slowest 1 %. */
  readonly slowest: Result["slowest"];
  /** What the sentences assume. */
  readonly assumptions: readonly string[];
}

export function whyOf(result: Result): Why {
  const { runId, title, scenario, variant, bottleneck } = result;
  const causes = chainsOf(result);
  const spent = spentIn(result);
  return {
    format: "loadstar/why",
    version: "1.0",
    runId,
    title,
    scenario,
    variant,
    causes,
    unfelt: unfeltIn(result, causes),
    told: toldIn(result),
    bottleneck: bottleneck && { ...bottleneck, law: lawOf(result, bottleneck) },
    latency: { sentences: spentSentences(result, spent), parts: spent },
    headroom: headroomOf(result),
    exemplars: result.exemplars,
    slowest: result.slowest,
    assumptions: [timesOf(result), SPENT_ASSUMPTION, HEADROOM_ASSUMPTION],
  };
}

function unfeltIn(result: Result, causes: readonly Chain[]): Clause[] {
  const told = new Set(
    causes.flatMap(({ clauses }) => clauses.map(({ at, words: said }) => `${at} ${said}`)),
  );
  return firstReplication(result)
    .filter(({ plane, at }) => plane === "fate" && at >= result.run.warmUp)
    .map(faultClause)
    .filter(({ at, words: said }) => !told.has(`${at} ${said}`));
}

/** What the part that gave way had to do, and could. */
function lawOf(
  { windows }: Result,
  { part, at }: NonNullable<Result["bottleneck"]>,
): string | null {
  const window = windows.start.indexOf(at);
  const series = windows.parts[part];
  const [arrivals, capacity] = [series?.arrivals[window] ?? null, series?.capacity[window] ?? null];
  if (arrivals === null || capacity === null || capacity === 0) return null;
  const demanded = digits(arrivals / capacity, 2);
  return `By the utilisation law: ${rate(arrivals)} arrived where ${rate(capacity)} could be completed, a demand of ${demanded} times its capacity.`;
}

function timesOf({ run, windows }: Result): string {
  const means = run.replications > 1 ? ` and are means over ${run.replications} replications` : "";
  const events = run.replications > 1 ? "; events are those of the first" : "";
  return `Loads, queues and failures are told by the window of ${duration(windows.length)} in which they first show${means}${events}.`;
}

/** The same for people. */
export function whyTerminal(result: Result, why: Why, { colour, width }: TerminalOptions): string {
  const paint = painter(colour);
  const fit = (text: string, indent: number) => folded(clean(text), width, indent);
  const clock = (at: number) => secondLabel(result.run.clock, at);
  const heading = (text: string) => paint("bold", text);
  const slowest = slowestSentence(result);
  const blocks = [
    fit(why.title, 0).map((line) => paint("bold", line)),
    ...why.causes.map(({ clauses, until }) => [
      ...clauses.flatMap(({ at, words: said }, position) =>
        fit(`${clock(at)}  ${position === 0 ? "" : "→ "}${said}`, clock(at).length + 4),
      ),
      ...(until === null ? [paint("red", "→ no recovery by the end of the run")] : []),
    ]),
    why.causes.length === 0 ? ["No part ran out or failed."] : [],
    why.unfelt.flatMap(({ at, words: said }) =>
      fit(`${clock(at)}  ${said}: no part ran out or failed after it`, clock(at).length + 2),
    ),
    why.told.length === 0
      ? []
      : [
          heading("rollouts and alerts"),
          ...why.told.flatMap(({ at, words: said }) =>
            fit(`  ${clock(at)}  ${said}`, clock(at).length + 4),
          ),
        ],
    [
      heading(brokeFirstLabel(result)),
      ...fit(`${brokeFirst(result)}.`, 2),
      ...(why.bottleneck?.law ? fit(why.bottleneck.law, 2) : []),
    ],
    [
      heading("where latency was spent"),
      ...why.latency.sentences.flatMap((one) => fit(one, 2)),
      ...table(spentTable(why.latency.parts), paint, width),
    ],
    slowest === null
      ? []
      : [...fit(`${slowest}.`, 2), ...table(slowestTable(result), paint, width)],
    ...tracesText(result, paint, width),
    [heading("headroom"), ...why.headroom.flatMap(({ sentence }) => fit(`${sentence}.`, 2))],
    why.assumptions.flatMap((one) => fit(one, 2)).map((line) => paint("dim", line)),
  ];
  const told = blocks.filter((block) => block.length > 0).map((block) => block.join("\n"));
  return `${told.join("\n\n")}\n`;
}

function spentTable(parts: readonly Spent[]): Table {
  return {
    columns: [
      words("part"),
      numbers("calls per request"),
      numbers("waiting"),
      numbers("serving"),
      numbers("wait p99 of a call"),
      numbers("service p99"),
    ],
    rows: parts.map((one) => [
      clean(one.part),
      digits(one.visits),
      duration(one.waiting),
      duration(one.serving),
      duration(one.waitingP99),
      duration(one.servingP99),
    ]),
  };
}
