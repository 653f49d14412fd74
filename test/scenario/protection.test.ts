/** What is said of guards and breakers that cannot be meant. */
import { expect, test } from "vitest";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../src/scenario/load.ts";

const written = `\
title: Guards that cannot be meant
run: { duration: 20 s }
workloads:
  shoppers: { to: web, arrivals: { rate: 100 rps }, client: { breaker: hystrix } }
parts:
  edge: { kind: load-balancer, to: web, guards: [{ kind: bulkhead, limit: 3, per: instance }] }
  web:
    kind: service
    slots: 2
    guards:
      - { kind: nginx-limit-req, rate: 5 rps, nodelay: true, delay: 3 }
      - { kind: degradation, above: 3, serve: plan, of: [shopers] }
      - { kind: priority-shedding, limit: 9, shares: { shopers: 10 % } }
      - { kind: gradient2, min: 300 }
    operations:
      shoppers: [{ call: db.read, breaker: { kind: sentinel-degrade, open-for: 5 s } }]
      plain: [{ call: db.read, breaker: { kind: hystrix, window: 3 s, bucket: 700 ms } }]
      third: [{ call: db.read, breaker: hystri }]
  db: { kind: database, slots: 3, guards: [{ kind: bulkhead, limit: 3, per: instance }] }
`;

test("guards and breakers that cannot be meant are told at their places", () => {
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({
    file: "night.yaml",
    text: written,
    readFile,
    set: [],
    variant: null,
  });
  if (loaded.ok) return expect.fail("the scenario has mistakes");
  const said = sorted(loaded.issues).map((issue) => {
    const line = "line" in issue.place ? issue.place.line : issue.place.flag;
    return `${line}: ${sentence(issue)}`;
  });
  expect(said).toEqual([
    "6: parts.edge.guards.0.per: no calls are served on instances of edge itself",
    "11: parts.web.guards.0.delay: with nodelay nobody waits; expected one of the two",
    '12: parts.web.guards.1.serve: part web has no operation "plan" of its own; it has shoppers, plain, third; did you mean "plain"?',
    '12: parts.web.guards.1.of.0: there is no request class "shopers"; there is shoppers; did you mean "shoppers"?',
    '13: parts.web.guards.2.shares.shopers: there is no request class "shopers"; there is shoppers; did you mean "shoppers"?',
    "14: parts.web.guards.3.min: the lowest limit is above the highest, 200",
    "16: parts.web.operations.shoppers.0.breaker: slow-ratio needs to be told what a `slow-call` is",
    "17: parts.web.operations.plain.0.breaker.bucket: the window is no whole number of buckets",
    '18: parts.web.operations.third.0.breaker: found "hystri"; expected one of hystrix, resilience4j, sentinel-degrade; did you mean "hystrix"?',
  ]);
});
