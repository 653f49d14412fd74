/** The alerts of all replications as the Result tells them. */
import { SECOND, type Duration } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import type { Result } from "../result.ts";
import { rulesOf, type Firing } from "./alerting.ts";
import { courseOf, isFalse } from "./incidents.ts";

type Alerts = NonNullable<Result["alerts"]>;

/** Nothing for a scenario without rules. */
export function alertsOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  firings: readonly Firing[],
): Pick<Result, "alerts"> {
  const rules = rulesOf(scenario);
  if (rules.length === 0) return {};
  const courses = records.map((record) => courseOf(scenario, record));
  const told = firings.map((firing) => {
    const { replication } = firing;
    return firingResult(
      firing,
      isFalse(firing, courses[replication]!, records[replication]!.journal),
    );
  });
  return {
    alerts: {
      rules: rules.flatMap(({ name, conditions }) =>
        conditions.map(({ says, severity }) => {
          const own = told.filter((firing) => firing.rule === name && firing.says === says);
          return {
            rule: name,
            says,
            severity,
            fired: own.length,
            told: own.filter(({ toldAt }) => toldAt !== null).length,
            false: own.filter((firing) => firing.false).length,
          };
        }),
      ),
      firings: told,
    },
  };
}

/** One firing, its instants in seconds. */
function firingResult(firing: Firing, isUnfounded: boolean): Alerts["firings"][number] {
  const { lookback: _, pendingAt, firedAt, resolvedAt, toldAt, overToldAt, ...rest } = firing;
  const inSeconds = (time: Duration | null) => (time === null ? null : time / SECOND);
  return {
    ...rest,
    pendingAt: pendingAt / SECOND,
    firedAt: firedAt / SECOND,
    resolvedAt: inSeconds(resolvedAt),
    toldAt: inSeconds(toldAt),
    overToldAt: inSeconds(overToldAt),
    false: isUnfounded,
  };
}
