/** summary.md: the same as a comment on a pull request. */
import { list, table } from "../../../src/report/markdown.ts";
import type { Verdict } from "../judge.ts";
import { unexpressedTable } from "./page.ts";
import { biasSentences, headline, holds, method } from "./sentences.ts";
import { againTable, claimsTable, familiesTable } from "./tables.ts";

export function summary(verdicts: readonly Verdict[]): string {
  const again = againTable(verdicts);
  return `${[
    "# Are the numbers true?",
    `**${holds(verdicts) ? "✓" : "✗"} ${headline(verdicts)}.** ${method()}`,
    list(biasSentences(verdicts)),
    table(familiesTable(verdicts)),
    ...(again.rows.length === 0 ? [] : ["## Looked at twice", table(again)]),
    "## Every number",
    table(claimsTable(verdicts)),
    "## What cannot be asked",
    table(unexpressedTable),
  ].join("\n\n")}\n`;
}
