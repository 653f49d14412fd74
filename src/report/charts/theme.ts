/**
 * How every chart looks: quiet axes, one typeface, colours that colour-blind readers can tell apart.
 *
 * The palette is Okabe and Ito's ("Color Universal Design", 2008); lines also differ by dash, so that
 * no chart needs its colours. Ink, muted and grid are written in one spelling each: the page
 * repaints exactly these for a dark background (see page/style.ts).
 */

export const INK = "#1d2733";
export const MUTED = "#5d6978";
export const GRID = "#e4e8ed";

export const ORANGE = "#e69f00";
export const SKY = "#56b4e9";
export const GREEN = "#009e73";
export const YELLOW = "#f0e442";
export const BLUE = "#0072b2";
export const VERMILION = "#d55e00";
export const PURPLE = "#cc79a7";

/** Blue on paper, from faint to full, with how much of it [%]: the page mixes them anew for the dark. */
export const tints = [
  { colour: "#e0eef6", blue: 12 },
  { colour: "#c7e0ee", blue: 22 },
  { colour: "#a6cee4", blue: 35 },
  { colour: "#85bbda", blue: 48 },
  { colour: "#5ca5ce", blue: 64 },
  { colour: "#2e8bc0", blue: 82 },
  { colour: BLUE, blue: 100 },
] as const;

/** For what has no colour of its own, in order. */
export const palette = [BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW, MUTED];

/** Dash patterns [px on, px off], in the order of the palette. */
export const dashes = [[], [6, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3], [8, 2], [3, 1]];

/** Plot area of a chart over time [px]: all share it, so that one instant stands in one column. */
export const PLOT = { width: 760, height: 260 };

/** The typeface of the files; those who lack it get one of the same widths where there is one. */
export const FONT = "DejaVu Sans, Verdana, Geneva, sans-serif";

/** Axis labels in thousands and millions: "25k", and plain "0.25" and "0" where thousandths would say "250m". */
export const SHORT = "format(datum.value, datum.value < 1 ? '~r' : '~s')";

/** Keeps the left edges of all plots in one line [px]. */
export const AXIS_ROOM = 46;

export const config = {
  font: FONT,
  background: "#ffffff",
  padding: 14,
  view: { stroke: null },
  aria: false,
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: 16,
    fontWeight: "bold",
    color: INK,
    subtitleColor: MUTED,
    subtitleFontSize: 11.5,
    subtitleLineHeight: 16,
    subtitlePadding: 6,
    offset: 14,
  },
  axis: {
    labelColor: MUTED,
    labelFontSize: 11,
    titleColor: MUTED,
    titleFontSize: 11,
    titleFontWeight: "normal",
    titlePadding: 8,
    gridColor: GRID,
    domainColor: MUTED,
    tickColor: MUTED,
    tickSize: 4,
    labelPadding: 4,
  },
  axisY: { domain: false, ticks: false, minExtent: AXIS_ROOM, maxExtent: AXIS_ROOM, tickCount: 5 },
  axisX: { grid: false },
  legend: {
    orient: "top",
    direction: "horizontal",
    title: null,
    labelColor: INK,
    labelFontSize: 11.5,
    labelLimit: 220,
    symbolStrokeWidth: 2.5,
    symbolSize: 140,
    columnPadding: 18,
    offset: 10,
  },
  header: { labelColor: INK, labelFontSize: 12, labelFontWeight: "bold", title: null },
  line: { strokeWidth: 1.75, strokeJoin: "round" },
  range: { category: palette },
} as const;
