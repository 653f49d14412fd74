/** A comparison in words: which differences are real, which may be luck, and what to do about those. */
import type { CandidateResult, Comparison, DifferenceResult } from "../../experiment/comparison.ts";
import { quantityName } from "../../experiment/result.ts";
import { inUnit, around, signedInterval } from "../quantities.ts";
import { aside, numbers, words, type Table } from "../tables/table.ts";
import { count, digits, NOTHING, plural, promised } from "../units.ts";
import type { Brief } from "./brief.ts";

export function comparisonBrief(comparison: Comparison): Brief {
  const { candidates, title, engine, runId, confidence } = comparison;
  const [baseline] = candidates;
  return {
    kicker: [
      "comparison",
      candidates.map(({ name }) => name).join(" against "),
      plural(baseline!.replications, "replication"),
    ],
    title,
    met: null,
    headline: headline(comparison),
    detail: detail(comparison),
    sections: [
      {
        heading: "Differences",
        sentences: [
          `${comparison.pairing} ${bought(comparison)}`.trim(),
          `A difference counts as real when chance gives as much in less than ${promised(1 - confidence)} of experiments, over all rows together (Holm).`,
        ],
        table: differencesTable(comparison),
        charts: ["differences"],
      },
      {
        heading: "Candidates",
        sentences: frontSentence(comparison),
        table: candidatesTable(comparison),
        charts: ["pareto"],
      },
    ],
    warnings: comparison.warnings,
    origin: [
      ["Baseline", baseline!.name],
      ["Runs", candidates.map(({ name, runId: run }) => `${name} ${run}`).join(", ")],
      ["Seeds", [...new Set(candidates.map(({ seed }) => seed))].join(", ")],
      ["Intervals", `${promised(confidence)}, Student`],
      ["Comparison", runId],
      ["Engine", `Loadstar ${engine}`],
    ],
  };
}

/** "reactive against double-eleven: 9 numbers are worse, 1 is better, 3 may be luck." */
function headline({ candidates, differences }: Comparison): string {
  if (differences.every(({ verdict }) => verdict === "same"))
    return "There is no difference: every number is the same in every replication.";
  const [baseline, ...others] = candidates;
  const sayings = others.map(({ name }) => {
    const its = differences.filter(({ candidate }) => candidate === name);
    const of = (verdict: string) => its.filter((one) => one.verdict === verdict).length;
    const said = [
      [of("better"), "better"],
      [of("worse"), "worse"],
      [of("undecided"), "could be luck"],
      [of("same"), "the same"],
      [of("unknown"), "without an answer"],
    ] as const;
    const list = said.filter(([size]) => size > 0).map(([size, word]) => `${size} ${word}`);
    return `${name} against ${baseline!.name}: of ${plural(its.length, "number")} ${list.join(", ")}.`;
  });
  return sayings.join(" ");
}

/** The promises, then the real differences that matter most. */
function detail({ candidates, differences }: Comparison): string {
  const promises = candidates
    .filter(({ objectives }) => objectives.length > 0)
    .map(({ name, objectives }) => {
      const missed = objectives.filter(({ met }) => !met).length;
      return missed === 0
        ? `${name} keeps every promise`
        : `${name} misses ${missed} of ${objectives.length}`;
    });
  const real = differences
    .filter(({ of, verdict }) => of === null && (verdict === "better" || verdict === "worse"))
    .filter(({ metric }) => ["availability", "p99", "cost"].includes(metric))
    .map(
      (one) =>
        `${quantityName(one)} of ${one.candidate} ${signedInterval(one.unit, one.difference)}`,
    );
  return [promises, real]
    .filter((list) => list.length > 0)
    .map((list) => `${list.join("; ")}.`)
    .join(" ");
}

/** What pairing was worth: how much more luck independent runs would have had. */
function bought({ differences, paired }: Comparison): string {
  const factors = differences
    .map(({ varianceReduction }) => varianceReduction)
    .filter((factor) => factor !== null)
    .sort((a, b) => a - b);
  if (!paired || factors.length === 0) return "";
  const middle = factors[factors.length >> 1]!;
  return `Independent luck would have made the variances of the differences ${digits(factors[0]!, 2)} to ${digits(factors.at(-1)!, 2)} times as large, typically ${digits(middle, 2)} times: as many times the runs for the same intervals.`;
}

/** Who is worth the money, and who of them breaks a promise for it. */
function frontSentence({ candidates }: Comparison): string[] {
  const front = candidates.filter(({ onFront }) => onFront);
  if (front.length === 0) return [];
  const beaten = candidates.length - front.length;
  const is = front.length === 1 ? "is" : "are";
  return [
    `Of cost, p99 and the share of requests that fail, ${namesOf(front)} ${is} on the front: no other is as good in all three and better in one.`,
    ...(beaten > 0 ? [`The other ${beaten === 1 ? "one is" : `${beaten} are`} beaten.`] : []),
    ...missedOnFront(front),
  ];
}

function missedOnFront(front: readonly CandidateResult[]): string[] {
  const missed = front.filter(({ met }) => met === false);
  if (missed.length === 0) return [];
  if (missed.length === front.length)
    return [`${missed.length === 1 ? "It misses" : "All of them miss"} a promise.`];
  return [
    `Of those on the front, ${namesOf(missed)} ${missed.length === 1 ? "misses" : "miss"} a promise.`,
  ];
}

/** "a, b and c". */
function namesOf(candidates: readonly CandidateResult[]): string {
  const names = candidates.map(({ name }) => name);
  const last = names.pop()!;
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

const sayings = {
  better: "✓ better",
  worse: "✗ worse",
  same: "no difference",
  undecided: "may be luck",
  unknown: "cannot be told",
} as const;

export function differencesTable({ differences, candidates }: Comparison): Table {
  const many = candidates.length > 2;
  return {
    columns: [
      words("number"),
      ...(many ? [words("candidate")] : []),
      many ? aside(numbers(candidates[0]!.name)) : numbers(candidates[0]!.name),
      numbers(many ? "its own" : candidates[1]!.name),
      numbers("difference"),
      words("verdict"),
      aside(numbers("by chance")),
      words("runs to tell"),
    ],
    rows: differences.map((one) => [
      quantityName(one),
      ...(many ? [one.candidate] : []),
      inUnit(one.unit, one.baseline),
      inUnit(one.unit, one.mean),
      signedInterval(one.unit, one.difference),
      sayings[one.verdict],
      chance(one.adjusted),
      wouldTell(one),
    ]),
  };
}

function chance(probability: number | null): string {
  if (probability === null) return NOTHING;
  return probability < 0.0001 ? "< 0.01 %" : `${digits(probability * 100, 2)} %`;
}

function wouldTell({ verdict, replicationsNeeded }: DifferenceResult): string {
  if (verdict !== "undecided") return NOTHING;
  return replicationsNeeded === null ? "too many" : `about ${count(replicationsNeeded)}`;
}

function candidatesTable({ candidates }: Comparison): Table {
  const told = candidates[0]!.estimates.filter(({ of }) => of === null);
  return {
    columns: [
      words("candidate"),
      ...told.map(({ metric }) =>
        ["mean", "p50", "p95"].includes(metric) ? aside(numbers(metric)) : numbers(metric),
      ),
      words("promises"),
      aside(words("front")),
    ],
    rows: candidates.map(({ name, estimates, objectives, onFront }) => [
      name,
      ...told.map((quantity) => {
        const same = estimates.find((one) => quantityName(one) === quantityName(quantity));
        return same ? around(same.unit, same) : NOTHING;
      }),
      kept(objectives),
      onFront === null ? NOTHING : onFront ? "on the front" : "beaten",
    ]),
  };
}

function kept(objectives: readonly { readonly met: boolean }[]): string {
  if (objectives.length === 0) return NOTHING;
  const met = objectives.filter((objective) => objective.met).length;
  return `${met === objectives.length ? "✓" : "✗"} ${met} of ${objectives.length}`;
}
