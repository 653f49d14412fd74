/** What was to blame for requests that failed, and by which rule that is said. */
import type { Result } from "../../experiment/result.ts";
import { count, percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

type Cause = Result["blame"][number]["cause"];

const rules: Readonly<Record<Cause, string>> = {
  fault: "a fault lasted, or users were not yet well again after it",
  deployment: "a rollout was under way, or users were not yet well again after it",
  overload: "no fault: turned away, given up in a queue, or timed out while a part was full",
  dependency: "no fault: answered with an error, because a call behind failed",
  chance: "none of these",
};

/** No rows where nothing failed. */
export function blameTable({ blame }: Result): Table {
  return {
    columns: [
      words("cause"),
      numbers("requests failed"),
      numbers("of all failures"),
      words("counted so when"),
    ],
    rows: blame.map(({ cause, failed, share }) => [
      cause,
      count(failed),
      percent(share),
      rules[cause],
    ]),
  };
}

/** "62 % fault, 38 % overload"; null where nothing failed. */
export function blameSentence({ blame }: Result): string | null {
  if (blame.length === 0) return null;
  return blame.map(({ cause, share }) => `${percent(share)} ${cause}`).join(", ");
}
