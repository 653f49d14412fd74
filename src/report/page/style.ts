/**
 * The look of the page: calm, dense, the same in print, at night and on a telephone.
 *
 * Charts were drawn in the theme's own ink, muted and grid colours; the rules on `fill` and `stroke` repaint
 * exactly these, so that one drawing serves light and dark.
 */
import { BLUE, GRID, INK, MUTED, tints } from "../charts/theme.ts";

const repaint = (drawn: string, variable: string) => `
figure svg [fill="${drawn}"] { fill: var(${variable}); }
figure svg [stroke="${drawn}"] { stroke: var(${variable}); }`;

const retint = ({ colour, blue }: (typeof tints)[number]) => `
figure svg [fill="${colour}"] { fill: color-mix(in srgb, var(--blue) ${blue}%, var(--card)); }`;

export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfbfa; --card: #ffffff; --ink: ${INK}; --muted: #566270; --line: ${GRID};
  --kept: #00694d; --kept-soft: #e3f3ee; --missed: #a84300; --missed-soft: #fbeade; --accent: ${BLUE};
  --blue: ${BLUE};
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --card: #191f26; --ink: #e6eaef; --muted: #9daab8; --line: #2c353f;
    --kept: #4fd1a5; --kept-soft: #12312a; --missed: #ff9d5c; --missed-soft: #3a2313; --accent: #6db8ec;
    --blue: #3b9bd9;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 4rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
.kicker { color: var(--muted); font-size: .85rem; margin: 0 0 .35rem; }
h1 { font-size: clamp(1.45rem, 4vw, 2rem); line-height: 1.2; letter-spacing: -.015em; margin: 0 0 1.25rem; }
h2 { font-size: 1.2rem; letter-spacing: -.01em; margin: 3rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .5rem 0; max-width: 46rem; }
.verdict {
  display: grid; grid-template-columns: auto 1fr; gap: .25rem .9rem; align-items: start;
  border-radius: 10px; padding: 1rem 1.25rem; border: 1px solid var(--line); background: var(--card);
}
.verdict.kept { background: var(--kept-soft); border-color: transparent; }
.verdict.missed { background: var(--missed-soft); border-color: transparent; }
.verdict .mark { font-size: 1.5rem; line-height: 1.3; }
.verdict strong { font-size: 1.2rem; line-height: 1.35; }
.verdict p { margin: .15rem 0 0; }
.kept .mark, .kept strong, td.kept { color: var(--kept); }
.missed .mark, .missed strong, td.missed { color: var(--missed); }
td.kept, td.missed { font-weight: 600; white-space: nowrap; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem .9rem; }
.tiles dt { color: var(--muted); font-size: .8rem; }
.tiles dd { margin: .1rem 0 0; font-size: 1.3rem; font-weight: 600; letter-spacing: -.01em; line-height: 1.25; }
.tiles small { display: block; color: var(--muted); font-size: .78rem; font-weight: 400; letter-spacing: 0; }
nav {
  position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line);
  margin-top: 1.5rem; overflow-x: auto; white-space: nowrap;
}
nav ul { display: flex; gap: 1.25rem; list-style: none; max-width: 70rem; margin: 0 auto; padding: .6rem 1.25rem; }
nav a { text-decoration: none; font-size: .88rem; }
nav a:hover { text-decoration: underline; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; width: 100%; }
th, td { padding: .4rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
th { color: var(--muted); font-weight: 500; font-size: .78rem; white-space: nowrap; vertical-align: bottom; }
td:last-child:not(:first-child, .n) { min-width: 11rem; }
td:first-child, th:first-child { padding-left: 0; }
td:last-child, th:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
thead th, thead th.n { white-space: normal; }
.scroll:not(:has(svg)) { margin: 1rem 0; }
tbody th { color: var(--ink); font-size: inherit; vertical-align: top; }
figure { margin: 1.25rem 0; padding: 1rem 1.1rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
figcaption p { margin: .15rem 0 .6rem; color: var(--muted); font-size: .88rem; }
figure .scroll svg { display: block; width: 100%; min-width: 38rem; height: auto; }
figure svg text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
details { margin-top: .6rem; font-size: .88rem; }
summary { cursor: pointer; color: var(--muted); width: fit-content; }
.timeline { list-style: none; padding: 0; margin: 1rem 0; }
.timeline li { display: grid; grid-template-columns: 5.2rem 5rem 1fr; gap: .1rem .8rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
.timeline time { color: var(--muted); }
.timeline small { display: block; color: var(--muted); font-size: .84rem; }
.chip { justify-self: start; align-self: start; font-size: .74rem; padding: .06rem .5rem; border: 1px solid var(--line); border-radius: 99px; color: var(--muted); }
.chip.fate { color: var(--missed); border-color: currentColor; }
.chip.scaling { color: var(--accent); border-color: currentColor; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; font-size: .88rem; margin: .75rem 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
code { font: .86em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--muted); font-size: .84rem; }
${repaint(INK, "--ink")}${repaint(MUTED, "--muted")}${repaint(GRID, "--line")}${repaint(BLUE, "--blue")}${tints.map(retint).join("")}
@media (max-width: 34rem) {
  .timeline li { grid-template-columns: 1fr auto; }
  .timeline li > div { grid-column: 1 / -1; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: .5rem; }
  figure { padding: .8rem; }
}
@page { margin: 14mm; }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --muted: #444; --line: #ccc; --blue: ${BLUE}; --accent: #000; --kept: #00694d; --missed: #a84300; --kept-soft: #fff; --missed-soft: #fff; }
  body { font-size: 10pt; }
  nav, details, .skip { display: none; }
  header, main, footer { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; }
  th, td, .n { padding: .2rem .3rem; white-space: normal; }
  h2 { break-after: avoid; margin-top: 1.5rem; }
  figure, .verdict, .tiles, tr, li { break-inside: avoid; }
  figure { border: 0; padding: 0; }
  figure .scroll svg { min-width: 0; }
  .verdict { border: 1px solid #999; }
}
`;
