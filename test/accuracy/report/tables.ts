/** What the suite found, as rows. */
import type { Table } from "../../../src/report/tables/table.ts";
import { numbers, words } from "../../../src/report/tables/table.ts";
import { digits, percent } from "../../../src/report/units.ts";
import { replicationsOf } from "../case.ts";
import { final, type Finding, type Verdict } from "../judge.ts";

const SIGNIFICANT = 5;

/** One row for each claim of a family. */
export function claimsTable(verdicts: readonly Verdict[]): Table {
  return {
    columns: [
      words("case"),
      words("number"),
      numbers("expected"),
      numbers("simulated"),
      numbers("± 99.9 %"),
      numbers("relative error"),
      numbers("z"),
      numbers("runs"),
      words("agrees"),
    ],
    rows: verdicts.flatMap((verdict) =>
      final(verdict).map((finding) => [
        verdict.of.id,
        finding.metric,
        told(finding.expected),
        told(finding.simulated),
        finding.halfWidth === null ? "–" : digits(finding.halfWidth, 2),
        share(finding.relativeError),
        finding.z === null ? "–" : finding.z.toFixed(2),
        String(finding.runs),
        mark(finding, verdict.again !== null),
      ]),
    ),
  };
}

/** One row for each family. */
export function familiesTable(verdicts: readonly Verdict[]): Table {
  const names = [...new Set(verdicts.map(({ family }) => family))];
  return {
    columns: [
      words("family"),
      numbers("cases"),
      numbers("numbers"),
      numbers("agree"),
      numbers("median error"),
      numbers("largest error"),
    ],
    rows: names.map((name) => {
      const own = verdicts.filter(({ family }) => family === name);
      const findings = own.flatMap(final);
      // Where the source is itself an approximation, the distance from it is not our error.
      const errors = findings
        .flatMap(({ relativeError, allowance }) =>
          relativeError === null || allowance > 0 ? [] : [Math.abs(relativeError)],
        )
        .sort((a, b) => a - b);
      return [
        name,
        String(own.length),
        String(findings.length),
        String(findings.filter(({ agrees }) => agrees).length),
        share(errors[Math.floor(errors.length / 2)] ?? null),
        share(errors.at(-1) ?? null),
      ];
    }),
  };
}

/** What disagreed at first, and what longer runs said. */
export function againTable(verdicts: readonly Verdict[]): Table {
  return {
    columns: [
      words("case"),
      words("number"),
      numbers("expected"),
      numbers("at first"),
      numbers("four times as long"),
      words("agrees"),
    ],
    rows: verdicts.flatMap(({ of, findings, again }) =>
      findings.flatMap((finding, at) => {
        const second = again?.[at];
        if (finding.agrees || !second) return [];
        return [
          [of.id, finding.metric, told(finding.expected), interval(finding), interval(second), mark(second, true)], // prettier-ignore
        ];
      }),
    ),
  };
}

/** Everything, at full precision, for those who compute with it. */
export function sheetOf(verdicts: readonly Verdict[]) {
  const columns = "family case number expected simulated half_width_99.9 relative_error z runs source_may_be_off agrees look what source"; // prettier-ignore
  return {
    columns: columns.split(" "),
    rows: verdicts.flatMap(({ family, of, findings, again }) =>
      [findings, again ?? []].flatMap((found, look) =>
        found.map((finding) => [
          family,
          of.id,
          finding.metric,
          finding.expected,
          finding.simulated,
          finding.halfWidth,
          finding.relativeError,
          finding.z,
          finding.runs,
          finding.allowance,
          finding.agrees ? "yes" : "no",
          look === 0 ? "first" : "again",
          of.what,
          of.source,
        ]),
      ),
    ),
  };
}

/** "20 runs of 2500 s", or nothing where nothing is simulated. */
export function lengthOf({ of }: Verdict): string {
  if ("worked" in of) return "worked without a simulation";
  const runs = replicationsOf(of, { length: 1, luck: "" });
  const after = of.warmUpSeconds ? `, after ${of.warmUpSeconds} s of warm-up` : "";
  return `${runs} ${runs === 1 ? "run" : "runs"} of ${of.seconds} s${after}`;
}

function interval({ simulated, halfWidth }: Finding): string {
  return `${told(simulated)} ± ${halfWidth === null ? "–" : digits(halfWidth, 2)}`;
}

function mark({ agrees, allowance }: Finding, again: boolean): string {
  const within = allowance > 0 ? ` within ${percent(allowance)}` : "";
  return `${agrees ? "✓" : "✗"}${within}${again ? " (second look)" : ""}`;
}

function told(value: number | string): string {
  return typeof value === "string" ? value : digits(value, SIGNIFICANT);
}

function share(value: number | null): string {
  return value === null ? "–" : `${(100 * value).toFixed(3)} %`;
}
