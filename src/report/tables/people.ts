/** Faults as people lived through them, and the alerts that told of them. */
import type { Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { count, digits, duration, NOTHING, percent, plural } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** Rows a reader will look at; all are in data/incidents.csv and data/alerts.csv. */
const ROWS = 20;

type Incident = Result["incidents"][number];

/** Of the first replication: until each fault was noticed, told and over for users. */
export function incidentsTable(result: Result): Table {
  const own = result.incidents.filter(({ replication }) => replication === 0);
  return {
    columns: [
      words("time"),
      words("fault"),
      ...["noticed", "failed over", "people paged", "users well again"].map(numbers),
      numbers("requests failed"),
      numbers("of all failures"),
    ],
    rows: cut(
      own.map((incident) => [
        secondLabel(result.run.clock, incident.at),
        faultName(incident),
        after(incident.detected),
        after(incident.failedOver),
        after(incident.paged),
        incident.felt ? after(incident.recovered, "not in the run") : "felt nothing",
        count(incident.failed),
        percent(incident.share),
      ]),
      "data/incidents.csv",
    ),
  };
}

/** Each condition of each rule over all replications; no rows without alerts. */
export function rulesTable({ alerts }: Result): Table {
  return {
    columns: [
      words("rule"),
      words("severity"),
      words("fires when"),
      ...["fired", "told", "false"].map(numbers),
    ],
    rows: (alerts?.rules ?? []).map(({ rule, severity, says, fired, told, false: unfounded }) => [
      rule,
      severity,
      says,
      count(fired),
      count(told),
      count(unfounded),
    ]),
  };
}

/** Alerts of the first replication, in order; no rows when none fired. */
export function firingsTable({ alerts, run }: Result): Table {
  const own = (alerts?.firings ?? []).filter(({ replication }) => replication === 0);
  const at = (instant: number | null, otherwise = NOTHING) =>
    instant === null ? otherwise : secondLabel(run.clock, instant);
  return {
    columns: [
      ...["rule", "severity", "pending", "fired", "people told", "over"].map(words),
      numbers("worst value"),
      words("verdict"),
    ],
    rows: cut(
      own.map((firing) => [
        firing.rule,
        firing.severity,
        at(firing.pendingAt),
        at(firing.firedAt),
        at(firing.toldAt, "never"),
        at(firing.resolvedAt, "still firing"),
        digits(firing.worst),
        firing.false ? "false alarm" : "true",
      ]),
      "data/alerts.csv",
    ),
  };
}

/** What the pager was good for, over all replications: "2 of 2 faults that users felt …"; null without alerts. */
export function pagerSentence({ incidents, alerts, run }: Result): string | null {
  if (!alerts) return null;
  const felt = incidents.filter((incident) => incident.felt);
  const paged = felt.filter((incident) => incident.paged !== null);
  const mean = paged.reduce((sum, incident) => sum + incident.paged!, 0) / paged.length;
  const late = paged.length > 0 ? `, ${duration(mean)} after the fault on average` : "";
  const unfounded = alerts.firings.filter(
    (firing) => firing.false && firing.toldAt !== null,
  ).length;
  const over = run.replications > 1 ? ` in ${plural(run.replications, "replication")}` : "";
  const faults =
    felt.length === 0
      ? "Users felt no fault"
      : `People were paged for ${paged.length} of ${plural(felt.length, "fault")} that users felt${late}`;
  return `${faults}; ${unfounded === 0 ? "no false alarm" : plural(unfounded, "false alarm")}${over}`;
}

/** "crash · web ×3". */
export function faultName({
  what,
  part,
  instances,
}: Pick<Incident, "what" | "part" | "instances">) {
  return `${what}${part === null ? "" : ` · ${part}`}${instances > 1 ? ` ×${instances}` : ""}`;
}

function after(seconds: number | null, otherwise = NOTHING): string {
  return seconds === null ? otherwise : duration(seconds);
}

function cut(rows: readonly string[][], file: string): string[][] {
  const left = rows.length - ROWS;
  const blank = rows[0]?.slice(2).map(() => "") ?? [];
  return left > 0
    ? [...rows.slice(0, ROWS), ["…", `${left} more in ${file}`, ...blank]]
    : [...rows];
}
