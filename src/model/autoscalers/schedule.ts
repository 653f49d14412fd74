/** Scaling by the clock: so many instances from this instant on. The pre-scaling of a known peak. */
import { z } from "zod";
import { LONGEST_RUN, SECOND, type Duration } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { cronInstants, epochSeconds } from "../calendar.ts";
import { autoscaler, type AutoscalerContext } from "./autoscaler.ts";
import { cronField } from "./cron.ts";

const instances = count("Instances from then on.", { min: 1, max: 100_000 });

export const schedule = autoscaler({
  kind: "schedule",
  summary: "Sets the number of instances at given times, once or again and again.",
  notes:
    "Cron patterns and dates are read on the clock that `run.clock` says, in its offset from UTC. Where two name the same instant, the one written last counts, cron after dates after `at`. In a list of autoscalers it is a floor under the others, as scheduled actions on the least size of a group are: raising it launches instances, lowering it leaves them to the others.",
  example:
    'autoscalers:\n  web: { kind: schedule, at: [[10 min, 60], [35 min, 16]] }\n# or, with run.clock: cron: [["50 23 * * *", 60], ["30 0 * * *", 16]]',
  options: {
    at: z
      .array(z.tuple([duration("When, from the start of the run."), instances]))
      .describe("Instants, and the instances wanted from each on.")
      .default([]),
    dates: z
      .array(
        z.tuple([
          z.iso.datetime({ offset: true }).describe("When: 2026-11-10T23:50:00+08:00."),
          instances,
        ]),
      )
      .describe("The same by date and time of day.")
      .default([]),
    cron: z
      .array(z.tuple([cronField("When, again and again:"), instances]))
      .max(100)
      .describe("The same by cron patterns: `50 23 * * *` is ten to midnight.")
      .default([]),
  },
  among: "floor",
  check: ({ at, dates, cron }) =>
    at.length + dates.length + cron.length > 0
      ? []
      : [{ path: [], message: "nothing is ever done; expected one of `at`, `dates` and `cron`" }],
  most: ({ at, dates, cron }) =>
    Math.max(1, ...[...at, ...dates, ...cron].map(([, wanted]) => wanted)),
  needsClock({ dates, cron }) {
    if (dates.length + cron.length === 0) return null;
    return dates.length > 0 ? ["dates"] : ["cron"];
  },
  create({ at, dates, cron }, context) {
    const { agenda, scaleTo: scale, clock } = context;
    for (const [time, wanted] of at) agenda.at(time, () => scale(wanted, "schedule"));
    for (const [date, wanted] of dates) {
      const time = (epochSeconds(date)! - epochSeconds(clock!)!) * SECOND;
      if (time >= 0 && time <= LONGEST_RUN)
        agenda.at(time, () => scale(wanted, `schedule ${date}`));
    }
    for (const [pattern, wanted] of cron) {
      const act = () => scale(wanted, `schedule "${pattern}"`);
      follow(cronInstants(pattern, clock!), act, context);
    }
  },
});

/** Does something at every instant, looking for the next one only when it has come to the last. */
function follow(
  instants: Iterator<Duration>,
  act: () => void,
  context: Pick<AutoscalerContext, "agenda" | "rates">,
): void {
  const next = instants.next();
  if (next.done || next.value > context.rates.duration) return;
  context.agenda.at(next.value, () => {
    act();
    follow(instants, act, context);
  });
}
