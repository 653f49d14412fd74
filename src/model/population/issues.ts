/** What can be wrong with a population and the schema cannot see. */
import type { Issue } from "../../schema/issue.ts";
import { didYouMean } from "../../schema/suggest.ts";
import type { PopulationSpec } from "./make.ts";
import type { JourneySpec } from "./journeySpec.ts";

export function issuesOfPopulation(spec: PopulationSpec & { readonly mix?: object | undefined }) {
  const { arrivals, users, journey, mix } = spec;
  const issues: Issue[] = [];
  if ((arrivals === undefined) === (users === undefined)) {
    const message = "a workload has either `arrivals` of requests or a number of `users`";
    issues.push({ path: [], message, atKey: true });
  }
  if (journey === undefined) return issues;
  if (mix !== undefined) {
    const message = "the steps of the journey are the request classes; expected no mix beside it";
    issues.push({ path: ["mix"], message, atKey: true });
  }
  const inJourney = issuesOfJourney(journey);
  return [...issues, ...inJourney.map((each) => ({ ...each, path: ["journey", ...each.path] }))];
}

/** Steps that do not exist, and more users that go on than there are. */
function issuesOfJourney({ start, steps }: JourneySpec): Issue[] {
  const names = Object.keys(steps);
  if (names.length === 0) {
    return [{ path: ["steps"], message: "a journey without steps; expected at least one" }];
  }
  const begins = start === undefined ? [] : unknownStep(["start"], start, names);
  const goes = Object.entries(steps).flatMap(([step, { next }]) => {
    const path = ["steps", step, "next"];
    const total = Object.values(next).reduce((sum, part) => sum + part, 0);
    const percent = Number((total * 100).toFixed(6));
    const message = `the shares add up to ${percent} %; expected 100 % at most`;
    return [
      ...Object.keys(next).flatMap((each) => unknownStep([...path, each], each, names)),
      ...(total > 1 + 1e-9 ? [{ path, message, atKey: true }] : []),
    ];
  });
  return [...begins, ...goes];
}

function unknownStep(path: string[], found: string, names: readonly string[]): Issue[] {
  if (names.includes(found)) return [];
  const suggestion = didYouMean(found, names);
  const atKey = path.length > 1;
  const message = `there is no step "${found}"; there is ${names.join(", ")}`;
  return [{ path, message, atKey, ...(suggestion === undefined ? {} : { suggestion }) }];
}
