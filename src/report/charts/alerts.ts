/** Alerts of the first replication over time: pending, firing, and when people were told. */
import type { Result } from "../../experiment/result.ts";
import { pagerSentence, firingsTable } from "../tables/people.ts";
import { chart } from "./chart.ts";
import { INK, ORANGE, PLOT, VERMILION } from "./theme.ts";
import { annotations, timeAxis } from "./time-axis.ts";

/** More rules than this no eye follows; the table has them all. */
const RULES = 10;

export const alerts = chart({
  name: "alerts",
  section: "people",
  title: "Alerts",
  question: "When did alerts fire, and when did people hear of it?",

  draw(result) {
    const own = firingsOf(result);
    if (own.length === 0) return null;
    const rules = [...new Set(own.map(({ row }) => row))].slice(0, RULES);
    const shown = own.filter(({ row }) => rules.includes(row));
    const { under, over } = annotations(result);
    const stretches = shown.flatMap(({ row, firing }) => [
      { row, state: "pending", t: firing.pendingAt, end: firing.firedAt },
      { row, state: "firing", t: firing.firedAt, end: firing.resolvedAt ?? result.run.duration },
    ]);
    const told = shown.flatMap(({ row, firing }) =>
      firing.toldAt === null ? [] : [{ row, t: firing.toldAt }],
    );
    const y = {
      field: "row",
      type: "nominal",
      sort: rules,
      axis: { title: null, labelLimit: 200 },
    };
    return {
      width: PLOT.width,
      height: { step: 28 },
      layer: [
        ...under,
        {
          data: { values: stretches },
          mark: { type: "bar", height: 12 },
          encoding: {
            y,
            x2: { field: "end" },
            color: {
              field: "state",
              type: "nominal",
              scale: { domain: ["pending", "firing"], range: [ORANGE, VERMILION] },
              legend: { symbolType: "square", orient: "bottom" },
            },
          },
        },
        {
          data: { values: told },
          mark: { type: "point", shape: "diamond", size: 90, filled: true, color: INK },
          encoding: { y },
        },
        ...over,
      ],
      encoding: { x: timeAxis(result) },
    };
  },

  describe(result) {
    const sentence = pagerSentence(result);
    if (sentence === null) return "There are no alerts.";
    return `${sentence}. A diamond marks when people were told.`;
  },

  table: firingsTable,
});

function firingsOf({ alerts: told }: Result) {
  return (told?.firings ?? [])
    .filter(({ replication }) => replication === 0)
    .map((firing) => ({ row: `${firing.rule} (${firing.severity})`, firing }));
}
