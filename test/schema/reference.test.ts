import { expect, test } from "vitest";
import { explainWord, referenceText, type Entry } from "../../src/schema/reference.ts";
import { balancers, distributions, exampleLanguage } from "./exampleLanguage.ts";

const whole = {
  title: "Reference",
  summary: "All there is to write.",
  sections: [{ title: "Scenario", summary: "The whole file.", schema: exampleLanguage }],
  families: [
    { title: "Balancers", summary: "Which backend takes the next call?", members: balancers },
    { title: "Distributions", summary: "How long does it take?", members: distributions },
  ],
};
const manual = referenceText(whole);

const explain = (members: readonly Entry[], word: string) =>
  explainWord({ ...whole, families: [{ ...whole.families[0]!, members }] }, exampleLanguage, word);

test("a section lists its fields with their form, range and default, maps in maps included", () => {
  expect(manual).toContain("## Scenario\n\nThe whole file.\n\n| field |");
  expect(manual).toContain(
    "| `run.duration` | How long to simulate. | duration | at least 1 s | required |",
  );
  expect(manual).toContain(
    "| `run.replications` | Runs with their own luck. | count | at least 1 | `1` |",
  );
  expect(manual).toContain(
    "| `hit` | Requests answered from the cache. | share | 0 % to 100 % | optional |",
  );
  expect(manual).toContain("| `faults` |  | list of maps |  | `[]` |");
  expect(manual).toContain("| `faults[].at` | When. | duration |  | required |");
});

test("a family lists its kinds, then shows each with notes, source and example", () => {
  expect(manual).toContain("- `round-robin`: Takes the backends in turn.\n");
  expect(manual).toContain(
    [
      "### power-of-choices",
      "Draws a few backends at random and takes the least loaded of them.",
      "| field | what it is | written as | range | default |\n| --- | --- | --- | --- | --- |\n" +
        "| `choices` | Backends drawn for each request. | count | 1 to 16 | `2` |",
      "Two draws already remove most of the imbalance of one.",
      "Source: Mitzenmacher, IEEE TPDS 12(10), 2001",
      "```yaml\nbalancer: { kind: power-of-choices, choices: 3 }\n```",
    ].join("\n\n"),
  );
});

test("the kind meant without a kind says so", () => {
  expect(manual).toContain("Takes the backends in turn. Meant when `kind` is left out.");
});

test("a kind is explained for the terminal", () => {
  expect(explain(balancers, "power-of-choices")).toBe(
    [
      "power-of-choices (balancer)",
      "  Draws a few backends at random and takes the least loaded of them.",
      "",
      "  choices: count, 1 to 16, default 2",
      "      Backends drawn for each request.",
      "",
      "  Two draws already remove most of the imbalance of one.",
      "",
      "  Source: Mitzenmacher, IEEE TPDS 12(10), 2001",
      "",
      "    balancer: { kind: power-of-choices, choices: 3 }",
    ].join("\n"),
  );
});

test("a kind that several families know is explained for each", () => {
  const both = [...distributions, { ...distributions[0], family: "arrivals" }];
  const text = explain(both, "constant");
  expect(text).toContain("constant (distribution)");
  expect(text).toContain("constant (arrivals)");
});

test("an unknown kind is answered with the nearest, if any", () => {
  expect(explain(balancers, "power-of-choise")).toEqual({ suggestion: "power-of-choices" });
  expect(explain(balancers, "kubernetes")).toEqual({});
});
