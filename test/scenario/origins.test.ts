/** Files written by hand, and the line, flag, preset or default that each value must come from. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadScenario } from "../../src/scenario/load.ts";
import { originInWords, originsText } from "../../src/scenario/origins.ts";

const files: Readonly<Record<string, string>> = {
  "base.yaml": `title: A shop
run: { duration: 1 min }
workloads:
  shoppers: { to: edge, arrivals: { kind: poisson, rate: 10 rps } }
parts:
  edge: { kind: load-balancer, to: web, preset: nginx 1.31 }
  web:
    kind: service
    fleet: { instances: 2 }
    slots: 4
    work: 20 ms
`,
  "night.yaml": `extends: ./base.yaml
run:
  warm-up: 5 s
parts:
  edge: { tries: 2, balancer: random }
variants:
  wide:
    parts.web.slots: 16
    parts: { web: { fleet: { instances: 3 } } }
`,
};

function loaded(set: readonly string[] = [], variant: string | null = null) {
  const readFile = (path: string) => files[path]!;
  const text = files["night.yaml"]!;
  const found = loadScenario({ file: "night.yaml", text, readFile, set, variant });
  if (!found.ok) throw new Error(found.report({ colour: false }));
  const traced = found.origins();
  return {
    resolved: found.scenario.resolved,
    traced,
    from: (path: string) => {
      const one = traced.find((each) => each.path === path);
      return one && [one.value, originInWords(one.origin)];
    },
  };
}

describe("a value comes from", () => {
  test.each([
    ["the file it extends", "run.duration", "1 min", "base.yaml:2"],
    ["the file itself, merged over it", "run.warm-up", "5 s", "night.yaml:3"],
    ["the file itself, over a preset", "parts.edge.tries", 2, "night.yaml:5"],
    ["a product's defaults", "parts.edge.passive-check.fails", 1, "preset nginx 1.31"],
    ["a bare word, which says the kind", "parts.edge.balancer.kind", "random", "night.yaml:5"],
    ["a short form", "parts.web.work", "20 ms", "base.yaml:11"],
    ["the default of a kind", "parts.web.fleet.start-up", "30 s", "default of service"],
    [
      "the kind around it, where it is the kind",
      "parts.web.balancer.kind",
      "round-robin",
      "default of service",
    ],
    ["the default of the language", "run.confidence", "95 %", "default"],
  ])("%s", (_, path, value, origin) => {
    expect(loaded().from(path)).toEqual([value, origin]);
  });

  test("a variant, whether it merges or replaces", () => {
    const { from } = loaded([], "wide");
    expect(from("parts.web.slots")).toEqual([16, "night.yaml:8, variant wide"]);
    expect(from("parts.web.fleet.instances")).toEqual([3, "night.yaml:9, variant wide"]);
    expect(from("parts.edge.tries")).toEqual([2, "night.yaml:5"]);
  });

  test("the last replacement, over a variant", () => {
    const { from } = loaded(["parts.web.slots=8", "parts.web.slots=9"], "wide");
    expect(from("parts.web.slots")).toEqual([9, "--set parts.web.slots=9"]);
  });

  test("a bare word of a kind does not say that kind's options", () => {
    const { from } = loaded(["parts.edge.balancer=power-of-choices"]);
    expect(from("parts.edge.balancer.kind")).toEqual([
      "power-of-choices",
      "--set parts.edge.balancer=power-of-choices",
    ]);
    expect(from("parts.edge.balancer.choices")).toEqual([2, "default of power-of-choices"]);
  });
});

test("places have columns, for programs", () => {
  const { traced } = loaded();
  const origin = traced.find(({ path }) => path === "parts.edge.tries")?.origin;
  expect(origin).toEqual({ from: "file", file: "night.yaml", line: 5, column: 18, length: 1 });
});

test("the text is the resolved scenario itself, with the origins as comments", () => {
  const { resolved, traced } = loaded(["faults=[{ kind: crash, of: web, at: 10 s }]"], "wide");
  const text = originsText(resolved, traced);
  expect(parse(text)).toEqual(resolved);
  expect(text).toMatch(/^ {4}slots: 16 +# night\.yaml:8, variant wide$/m);
  expect(text).toMatch(/^ {2}- kind: crash +# --set faults=/m);
});

test("hostile words stay words: neither a value nor a flag starts a line of its own", () => {
  const { resolved, traced } = loaded([
    'title="a\nseed: 7"',
    'cost={ prices: { "x\ny: 1": { price: 1 USD/hour } } }',
    "workloads.shoppers.mix={ buy: { share: 100 %,\n worth: 1 USD } }",
    'title="b\\nseed: 8\\u001b[31m"',
  ]);
  const text = originsText(resolved, traced);
  expect(parse(text)).toEqual(resolved);
  expect(text).not.toContain("\u001b");
});
