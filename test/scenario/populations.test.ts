/** What a file can get wrong about who asks. */
import { expect, test } from "vitest";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../src/scenario/load.ts";

/** Mistakes in the lines of a workload, as "line:column: sentence". */
function said(...lines: string[]): string[] {
  const text = [
    "title: Users",
    "run: { duration: 10 min }",
    "parts:",
    "  web: { kind: service, slots: 4, work: 20 ms }",
    "workloads:",
    "  shop:",
    "    to: web",
    ...lines.map((line) => `    ${line}`),
  ].join("\n");
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({ file: "users.yaml", text, readFile, set: [], variant: null });
  if (loaded.ok) return [];
  return sorted(loaded.issues).map((issue) => {
    const { place } = issue;
    return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
  });
}

const arrivals = "arrivals: { rate: 5 rps }";
const users = "users: { count: 5 }";

test("arrivals, users, and either with a journey are right", () => {
  const journey = "journey: { start: b, steps: { a: {}, b: { next: { a: 60 %, b: 40 % } } } }";
  for (const who of [arrivals, users]) {
    expect(said(who)).toEqual([]);
    expect(said(who, journey)).toEqual([]);
  }
});

test("a workload without anybody, or with two kinds of them, is said to be so", () => {
  const expected = [
    "6:3: workloads.shop: a workload has either `arrivals` of requests or a number of `users`",
  ];
  expect(said()).toEqual(expected);
  expect(said(arrivals, users)).toEqual(expected);
});

test("a mix beside a journey has no meaning", () => {
  expect(said(arrivals, "mix: { a: { share: 100 % } }", "journey: { steps: { b: {} } }")).toEqual([
    "9:5: workloads.shop.mix: the steps of the journey are the request classes; expected no mix beside it",
  ]);
});

test("steps must exist, and no more users go on than there are", () => {
  const journey = [
    "journey:",
    "  start: brose",
    "  steps:",
    "    browse: { next: { serch: 10 % } }",
    "    search: { next: { browse: 70 %, search: 40 % } }",
  ];
  const path = "workloads.shop.journey";
  expect(said(arrivals, ...journey)).toEqual([
    `10:14: ${path}.start: there is no step "brose"; there is browse, search; did you mean "browse"?`,
    `12:27: ${path}.steps.browse.next.serch: there is no step "serch"; there is browse, search; did you mean "search"?`,
    `13:19: ${path}.steps.search.next: the shares add up to 110 %; expected 100 % at most`,
  ]);
  expect(said(arrivals, "journey: { steps: {} }")).toEqual([
    `9:16: ${path}.steps: a journey without steps; expected at least one`,
  ]);
});

test("a cache is somebody's, keeps something, and fits into memory", () => {
  const cache = "client: { cache: { capacity: 500, classes: [vew] } }";
  const path = "workloads.shop.client.cache";
  expect(said(arrivals, cache)).toEqual([
    `9:15: ${path}: nobody comes back who could use what is kept; expected \`users\`, or a \`population\` beside the arrivals`,
  ]);
  const mix = "mix: { view: { share: 100 %, keys: { kind: uniform, items: 5 } } }";
  const population = "population: { users: 100k }";
  expect(said(arrivals, mix, population, cache)).toEqual([
    `11:34: ${path}.capacity: 100000 users would keep 50000000 answers; expected at most 20000000, which is 200 for each`,
    `11:49: ${path}.classes.0: there is no request class "vew" here; there is view; did you mean "view"?`,
  ]);
  expect(said(users, "client: { cache: { capacity: 5 } }")).toEqual([
    `9:15: ${path}: no request is about anything that could be kept; expected \`keys\` of a class`,
  ]);
  expect(said(users, mix, "client: { cache: { capacity: 5 } }")).toEqual([]);
});

test("closed users are a population of their own", () => {
  expect(said(users, "population: { users: 5 }")).toEqual([
    "9:5: workloads.shop.population: `users` are all there are; expected a population only with `arrivals`",
  ]);
});
