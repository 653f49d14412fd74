/** A drill as a map: every part by what was done to it, coloured by the promises that survived. */
import { brokenTable, drillColumns, drillRows, drillSentence, survived } from "../tables/drill.ts";
import { words } from "../tables/table.ts";
import { chart } from "./chart.ts";
import { BLUE, INK, ORANGE, VERMILION } from "./theme.ts";

const looks = ["every promise kept", "some broken", "all broken"];

export const drill = chart({
  name: "drill",
  section: "drill",
  title: "Game day",
  question: "Which single failures at the peak does the platform survive?",

  draw(result) {
    if (!result.drill) return null;
    // That nothing happens when nothing is broken needs no picture.
    const rows = drillRows(result.drill).filter(({ trials }) =>
      trials.some(({ kind, met }) => kind !== "nothing" || !met),
    );
    const cells = rows.flatMap(({ label, trials }) =>
      trials.map((trial) => {
        const kept = trial.objectives.filter(({ met }) => met).length;
        const column = drillColumns.find(([kind]) => kind === trial.kind)?.[1] ?? "nothing";
        return {
          what: label,
          fault: column,
          look: trial.met ? looks[0] : looks[kept > 0 ? 1 : 2],
          text: survived(trial),
        };
      }),
    );
    const axis = { title: null, labelAngle: 0, domain: false, ticks: false };
    return {
      width: { step: 130 },
      height: { step: 34 },
      data: { values: cells },
      encoding: {
        x: {
          field: "fault",
          type: "nominal",
          sort: ["nothing", ...drillColumns.map(([, label]) => label)],
          axis: { ...axis, orient: "top", labelColor: INK },
        },
        y: {
          field: "what",
          type: "nominal",
          sort: rows.map(({ label }) => label),
          axis: { ...axis, minExtent: 0, maxExtent: 400, labelColor: INK, labelLimit: 260 },
        },
      },
      layer: [
        {
          mark: { type: "rect", stroke: "#ffffff", strokeWidth: 3 },
          encoding: {
            color: {
              field: "look",
              type: "nominal",
              scale: { domain: looks, range: [BLUE, ORANGE, VERMILION] },
              legend: { symbolType: "square", symbolStrokeWidth: 0 },
            },
          },
        },
        {
          mark: { type: "text", fontSize: 12, fontWeight: "bold" },
          encoding: {
            text: { field: "text", type: "nominal" },
            color: {
              condition: { test: `datum.look === '${looks[1]}'`, value: INK },
              value: "#ffffff",
            },
          },
        },
      ],
    };
  },

  describe: (result) =>
    result.drill ? drillSentence(result, result.drill) : "No drill was asked for.",

  table: (result) =>
    result.drill ? brokenTable(result.drill) : { columns: [words("when")], rows: [] },
});
