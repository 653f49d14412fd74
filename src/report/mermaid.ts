/** The platform as a Mermaid flowchart, which a pull request draws. */
import type { Result } from "../experiment/result.ts";
import { loadedEdges } from "./load.ts";
import { busiestWindow } from "./tables/parts.ts";
import { percent, rate } from "./units.ts";

/** Utilisation from which a part is drawn as full, averaged over a window. */
const FULL = 0.95;

/** Nothing for a result that does not say who calls whom. */
export function mermaid(result: Result): string | null {
  if (result.edges.length === 0) return null;
  const workloads = [
    ...new Set(result.edges.flatMap(({ kind, from }) => (kind === "workload" ? [from] : []))),
  ];
  const parts = result.parts.map(({ name }) => name);
  const idOf = (kind: "workload" | "part", name: string) =>
    kind === "part" ? `p${parts.indexOf(name)}` : `w${workloads.indexOf(name)}`;
  const full = parts.filter((name) => (busiestWindow(result, name) ?? 0) >= FULL);
  return [
    "```mermaid",
    "flowchart LR",
    ...workloads.map((name) => `  ${idOf("workload", name)}(["${text(name)}"])`),
    ...result.parts.map(({ name, kind }) => {
      const most = busiestWindow(result, name);
      const busy = most === null ? "" : `<br/>up to ${text(percent(most))} busy`;
      return `  ${idOf("part", name)}["${text(name)}<br/>${text(kind)}${busy}"]`;
    }),
    ...loadedEdges(result).map(({ kind, from, to, perSecond }) => {
      const load = perSecond === null ? "" : `|"${rate(perSecond)}"|`;
      return `  ${idOf(kind, from)} -->${load} ${idOf("part", to)}`;
    }),
    ...(full.length > 0
      ? [
          "  classDef full stroke:#d55e00,stroke-width:3px",
          `  class ${full.map((name) => idOf("part", name)).join(",")} full`,
        ]
      : []),
    "```",
  ].join("\n");
}

/** Letters, figures and plain signs; anything else by its number, as Mermaid has it. */
function text(name: string): string {
  return name.replace(/[^\p{L}\p{N} ._/-]/gu, (sign) => `#${sign.codePointAt(0)!};`);
}
