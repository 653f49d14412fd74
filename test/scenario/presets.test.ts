import { describe, expect, test } from "vitest";
import { presets } from "../../src/model/presets/index.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { explain } from "../../src/scenario/reference.ts";

const scenario = (edge: string, web = "slots: 8") => `
title: A shop behind a product
run: { duration: 10 s }
workloads:
  shoppers: { to: edge, arrivals: { kind: poisson, rate: 10 rps } }
parts:
  edge: { kind: load-balancer, to: web, ${edge} }
  web: { kind: service, work: 10 ms, ${web} }
`;

function load(text: string) {
  return loadScenario({
    file: "shop.yaml",
    text,
    readFile: () => "",
    set: [],
    variant: null,
  });
}

/** A part as the resolved scenario shows it. */
function resolved(part: string, text: string): Record<string, unknown> {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return (loaded.scenario.resolved["parts"] as Record<string, Record<string, unknown>>)[part]!;
}

describe.each(presets.map(({ kind, part }) => ({ kind, part })))(
  "preset: $kind",
  ({ kind, part }) => {
    const text =
      part === "service" ? scenario("tries: 1", `preset: ${kind}`) : scenario(`preset: ${kind}`);

    test("sets what the language accepts, as the resolved scenario shows", () => {
      const shown = resolved(part === "service" ? "web" : "edge", text);
      expect(shown["preset"]).toBe(kind);
      const { settings } = presets.find((each) => each.kind === kind)!;
      expect(Object.keys(shown)).toEqual(expect.arrayContaining(Object.keys(settings)));
    });

    test("says in the manual what it sets, and after whom", () => {
      const page = explain(kind) as string;
      const { settings, source } = presets.find((each) => each.kind === kind)!;
      for (const field of Object.keys(settings)) expect(page).toContain(`${field}:`);
      expect(page).toContain(source);
    });
  },
);

test("nginx: one failure leaves a server alone for ten seconds, after a minute without an answer", () => {
  expect(resolved("edge", scenario("preset: nginx 1.31"))).toMatchObject({
    balancer: { kind: "smooth-weighted-round-robin" },
    "passive-check": { kind: "max-fails", fails: 1, "fail-timeout": "10 s" },
    timeout: "1 min",
  });
});

test("what the scenario says itself wins, field by field", () => {
  const edge = resolved(
    "edge",
    scenario("preset: haproxy 3.5, health-check: { fall: 5 }, tries: 2"),
  );
  expect(edge["health-check"]).toMatchObject({ interval: "2 s", fall: 5, rise: 2 });
  expect(edge["tries"]).toBe(2);
});

test("a map of another kind replaces, and so does a word", () => {
  const check = "health-check: { kind: none }, passive-check: none, balancer: random";
  expect(resolved("edge", scenario(`preset: aws-alb, ${check}`))).toMatchObject({
    balancer: { kind: "random" },
    "health-check": { kind: "none" },
    "passive-check": { kind: "none" },
  });
});

test("an unknown product, and one of another kind of part, are met with those there are", () => {
  for (const [text, words] of [
    [scenario("preset: ngnix 1.31"), /ngnix 1.31.*nginx 1.31/s],
    [scenario("preset: tomcat 11"), /parts.edge.preset/],
  ] as const) {
    const loaded = load(text);
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) expect(loaded.report({ colour: false })).toMatch(words);
  }
});

test("what needs a limit of calls says so", () => {
  for (const edge of ["balancer: first", "queue: { timeout: 1 s }"]) {
    const loaded = load(scenario(edge));
    if (loaded.ok) throw new Error("it should have been refused");
    expect(loaded.report({ colour: false })).toMatch(/shop.yaml:7:.*max-calls/s);
  }
});
