/** What can be wrong with a population and the schema cannot see. */
import type { Issue } from "../../schema/issue.ts";
import { didYouMean } from "../../schema/suggest.ts";
import type { PopulationSpec } from "./make.ts";
import type { JourneySpec } from "./journeySpec.ts";
import { KEPT_MAX, type UserCacheSpec } from "./userCaches.ts";

/** What a cache must know of a class. */
export interface ClassKeys {
  readonly name: string;
  readonly keys?: object | undefined;
}

interface Demand extends PopulationSpec {
  readonly mix?: object | undefined;
  readonly client?: { readonly cache?: UserCacheSpec | undefined };
}

/** @param classes the names of its request classes, and whether its requests may be about something. */
export function issuesOfPopulation(spec: Demand, classes: readonly ClassKeys[]): Issue[] {
  const { arrivals, users, journey, mix } = spec;
  const issues: Issue[] = [];
  if ((arrivals === undefined) === (users === undefined)) {
    const message = "a workload has either `arrivals` of requests or a number of `users`";
    issues.push({ path: [], message, atKey: true });
  }
  if (users !== undefined && spec.population !== undefined) {
    const message = "`users` are all there are; expected a population only with `arrivals`";
    issues.push({ path: ["population"], message, atKey: true });
  }
  issues.push(...issuesOfCache(spec, classes));
  if (journey === undefined) return issues;
  if (mix !== undefined) {
    const message = "the steps of the journey are the request classes; expected no mix beside it";
    issues.push({ path: ["mix"], message, atKey: true });
  }
  const inJourney = issuesOfJourney(journey);
  return [...issues, ...inJourney.map((each) => ({ ...each, path: ["journey", ...each.path] }))];
}

/** Caches of nobody, of nothing, of classes that do not exist, and larger ones than memory is. */
function issuesOfCache(spec: Demand, classes: readonly ClassKeys[]): Issue[] {
  const cache = spec.client?.cache;
  if (cache === undefined) return [];
  const path = ["client", "cache"];
  const users = spec.users?.count ?? spec.population?.users;
  if (users === undefined) {
    const message =
      "nobody comes back who could use what is kept; expected `users`, or a `population` beside the arrivals";
    return [{ path, message, atKey: true }];
  }
  const issues: Issue[] = [];
  const names = classes.map(({ name }) => name);
  cache.classes?.forEach((found, index) => {
    if (names.includes(found)) return;
    const suggestion = didYouMean(found, names);
    const message = `there is no request class "${found}" here; there is ${names.join(", ")}`;
    const at = [...path, "classes", index];
    issues.push({ path: at, message, ...(suggestion === undefined ? {} : { suggestion }) });
  });
  const isReplay = spec.arrivals?.kind === "replay";
  if (!isReplay && classes.every(({ keys }) => keys === undefined)) {
    const message = "no request is about anything that could be kept; expected `keys` of a class";
    issues.push({ path, message, atKey: true });
  }
  const most = Math.floor(KEPT_MAX / users);
  if (cache.capacity > most) {
    const message = `${users} users would keep ${users * cache.capacity} answers; expected at most ${KEPT_MAX}, which is ${most} for each`;
    issues.push({ path: [...path, "capacity"], message });
  }
  return issues;
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
