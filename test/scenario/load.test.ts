import { expect, test } from "vitest";
import { checkScenarioFile, loadScenario, type Loaded } from "../../src/scenario/load.ts";

const right = `\
title: One service
run: { duration: 10 min }
workloads:
  shoppers: { to: web, arrivals: { rate: 50 rps } }
parts:
  web: { kind: service, slots: 4, work: 20 ms }
`;

function request(text: string, variant: string | null = null) {
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  return { file: "night.yaml", text, readFile, set: [], variant };
}

/** Each issue as "line:column message", with its suggestion. */
function said(loaded: Loaded): string[] {
  if (loaded.ok) return [];
  return loaded.issues.map(({ place, message, suggestion }) => {
    const where = "line" in place ? `${place.line}:${place.column}` : place.flag;
    return `${where} ${message}${suggestion ? ` -> ${suggestion}` : ""}`;
  });
}

const check = (text: string, variant?: string) => said(checkScenarioFile(request(text, variant)));

test("a right file with right variants has no mistakes", () => {
  expect(check(`${right}variants:\n  wide: { parts.web.slots: 8 }\n  same: {}\n  bare:\n`)).toEqual(
    [],
  );
});

test("a mistake in a variant is found without asking for it, and says where it shows", () => {
  const variants = "variants:\n  wide: { parts.web.slots: 0 }\n  far: { parts.wbe.slots: 8 }\n";
  expect(check(right + variants)).toEqual([
    "8:28 0 is out of range; expected at least 1 (in variant wide)",
    "9:10 a part needs its kind; expected one of load-balancer, service, cache, database, connection-pool (in variant far)",
  ]);
});

test("names that only a variant breaks are found too", () => {
  const variants = "variants:\n  away: { workloads.shoppers.to: edge }\n";
  expect(check(right + variants)).toEqual([
    '8:34 there is no part "edge"; there is web (in variant away)',
  ]);
});

test("what is wrong in the scenario itself is not repeated for its variants", () => {
  const wrong = right.replace("10 min", "10");
  const variants =
    "variants:\n  wide: { parts.web.slots: 8 }\n  late: { run: { warm-up: 1 min } }\n";
  expect(check(wrong + variants)).toEqual([
    "2:18 10 has no unit; expected a duration such as 50 ms, 2 s or 1h30m",
  ]);
});

test("a mistake that several variants share is said once, with all of them", () => {
  const shared = "variants:\n  one: &wide { parts.web.slots: 0 }\n  two: *wide\n";
  expect(check(right + shared)).toEqual([
    "8:33 0 is out of range; expected at least 1 (in variants one, two)",
  ]);
});

test("a variant that is no map of changes is one mistake", () => {
  expect(check(`${right}variants:\n  wide: 8\n`)).toEqual([
    "8:9 a variant is a map of what it changes (in variant wide)",
  ]);
});

test("with one variant asked for, only that one is checked", () => {
  const variants = "variants:\n  wide: { parts.web.slots: 0 }\n  same: {}\n";
  expect(check(right + variants, "same")).toEqual([]);
  expect(check(right + variants, "wide")).toEqual(["8:28 0 is out of range; expected at least 1"]);
  expect(check(right + variants, "wid")).toEqual([
    '--variant wid the scenario has no variant "wid" -> wide',
  ]);
});

test("more variants than anybody compares are refused", () => {
  const many = Array.from({ length: 51 }, (_, index) => `  v${index}: {}\n`).join("");
  expect(check(`${right}variants:\n${many}`)).toEqual([
    "8:3 found 51 variants; expected at most 50",
  ]);
});

test("warnings of a variant are said with its name", () => {
  const pareto = "{ kind: pareto, minimum: 20 ms, shape: 1.5 }";
  const loaded = checkScenarioFile(
    request(`${right}variants:\n  heavy: { parts.web.work: ${pareto} }\n`),
  );
  expect(loaded.ok && loaded.warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/infinite variance.*\(in variant heavy\)$/),
  ]);
});

test("instances that stop in unison are worth a word, chance and single instances are not", () => {
  const warned = (instances: number, between: string, pauses: string) => {
    const loaded = checkScenarioFile(
      request(`\
title: In unison
run: { duration: 1 h }
workloads: { shop: { to: web, arrivals: { rate: 1 rps } } }
parts:
  web: { kind: service, fleet: { instances: ${instances} }, slots: 1, work: 1 ms, pauses: ${pauses} }
faults: [{ kind: crash, of: web, time-between: ${between}, repair: 4 h }]
`),
    );
    if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
    return loaded.warnings.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const gc = "{ every: 30 s, for: 200 ms }";
  expect(warned(3, "100 h", gc)).toEqual([
    "faults.0.time-between: all 3 instances of web are struck at the same instants, every 100 h; for chance say { kind: exponential, mean: 100 h }",
    "parts.web.pauses.every: all 3 instances of web pause at the same instants; for chance say every: { kind: exponential, mean: 30 s }",
  ]);
  const drawn = "{ every: { kind: exponential, mean: 30 s }, for: 200 ms }";
  expect(warned(3, "{ kind: exponential, mean: 100 h }", drawn)).toEqual([]);
  expect(warned(1, "100 h", gc)).toEqual([]);
});

test("a scenario to run is complete: its name, its windows, its defaults in users' words", () => {
  const loaded = loadScenario({ ...request(right), file: "plans/night.yaml" });
  if (!loaded.ok) throw new Error("the scenario is right");
  const { scenario } = loaded;
  expect(scenario.file).toBe("night");
  expect(scenario.window).toBe(5e9); // 120 windows; at 2 s there would be 300
  expect(scenario.resolved).toMatchObject({ run: { "warm-up": "0 ns", window: "5 s" } });
});
