/** junit.xml: one case per objective, so that a build server shows a missed promise as a failed test. */
import type { Result } from "../experiment/result.ts";
import { escaped } from "./page/markup.ts";
import { interval, observed, target } from "./verdict.ts";

export function junit(result: Result): string {
  const suite = xml(`loadstar.${result.scenario}`);
  const missed = result.objectives.filter(({ met }) => !met).length;
  const totals = `tests="${result.objectives.length}" failures="${missed}" errors="0"`;
  const cases = result.objectives.map((objective) => {
    const opening = `    <testcase classname="${suite}" name="${xml(objective.name)}"`;
    const numbers = `observed ${observed(objective)}, promised ${target(objective)}`;
    const spread = interval(objective);
    const kind = objective.estimate.interval ? "interval" : "mean";
    const message = xml(spread === null ? numbers : `${numbers}, ${kind} ${spread}`);
    if (objective.met)
      return `${opening}>\n      <system-out>${message}</system-out>\n    </testcase>`;
    return `${opening}>\n      <failure message="${message}" type="missed"/>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="loadstar" ${totals}>`,
    `  <testsuite name="${suite}" ${totals}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

/** Escaped, without the characters that XML 1.0 cannot hold at all. */
function xml(text: string): string {
  return escaped(
    text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "�"),
  );
}
