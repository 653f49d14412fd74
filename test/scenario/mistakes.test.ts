/** Files with many mistakes, read as `check` reads them. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile, type Loaded } from "../../src/scenario/load.ts";

function check(text: string): Loaded {
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  return checkScenarioFile({ file: "night.yaml", text, readFile, set: [], variant: null });
}

/** Each issue as "line:column: sentence", by place. */
function said(text: string): string[] {
  const loaded = check(text);
  if (loaded.ok) return [];
  return sorted(loaded.issues).map((issue) => {
    const { place } = issue;
    return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
  });
}

const shapesAndNames = `\
title: 42
run: { duration: 40, warm-up: 3 min, replications: 2 }
workloads:
  shoppers:
    to: egde
    arrivals: { kind: poison, rate: 800 rps }
    mix:
      browse: { share: 80 %, keys: { kind: zpif, items: 200k } }
      search: { share: 12 % }
      checkout: { share: 8 % }
    client: { timeout: 3 s, retri: { attempts: 3 } }
parts:
  edge:
    kind: load-balancer
    balancer: { kind: least-conn }
    to: wbe
  web:
    kind: service
    fleet: { type: c7g.xlrge, instances: 4, zones: [north, south] }
    slots: 16
    queue: { discipline: fifi }
    operations:
      browse: [{ call: catalgue.get, timout: 50 ms }, { wrok: 9 ms }]
      search: [{ cpu: 4 GB }]
      checkout: [{ paralel: [{ call: stock.read }] }]
  catalogue: { kind: cache, behind: stock.read, evction: lru }
  stock: { kind: databse, slots: 8, read: 3 ms, write: 8 ms }
autoscalers:
  wen: { kind: schedule, at: [[10 min, 10]] }
faults:
  - { kind: zone-outage, zone: nroth, at: 5 min, for: 1 min }
objectives:
  - { latency: p99, of: brose, below: 800 ms }
  - { lattency: p99, below: 800 ms }
`;

test("mistakes of shape and mistakes in names are reported together, each once, at its place", () => {
  expect(said(shapesAndNames)).toEqual([
    '1:8: title: found 42; expected text; did you mean "42"?',
    "2:18: run.duration: 40 has no unit; expected a duration such as 50 ms, 2 s or 1h30m",
    '5:9: workloads.shoppers.to: there is no part "egde"; there is edge, web, catalogue, stock; did you mean "edge"?',
    '6:23: workloads.shoppers.arrivals.kind: no arrival process "poison"; did you mean "poisson"?',
    '8:44: workloads.shoppers.mix.browse.keys.kind: no popularity law "zpif"; did you mean "zipf"?',
    '11:29: workloads.shoppers.client.retri: workloads.shoppers.client has no field "retri"; did you mean "retry"?',
    '15:23: parts.edge.balancer.kind: no balancer "least-conn"; did you mean "least-connections"?',
    '16:9: parts.edge.to: there is no part "wbe"; there is edge, web, catalogue, stock; did you mean "web"?',
    '19:20: parts.web.fleet.type: there is no instance type "c7g.xlrge"; did you mean "c7g.xlarge"?',
    '21:26: parts.web.queue.discipline: found "fifi"; expected one of fifo, lifo, adaptive-lifo, priority, earliest-deadline, shortest-job-first, fair, codel; did you mean "fifo"?',
    '23:24: parts.web.operations.browse.0.call: there is no part "catalgue"; there is edge, web, catalogue, stock; did you mean "catalogue"?',
    '23:38: parts.web.operations.browse.0.timout: a step has no field "timout"; did you mean "timeout"?',
    '23:57: parts.web.operations.browse.1.wrok: a step has no field "wrok"; did you mean "work"?',
    '24:23: parts.web.operations.search.0.cpu: "4 GB" is an amount of data; expected a duration such as 50 ms, 2 s or 1h30m',
    '25:20: parts.web.operations.checkout.0.paralel: a step has no field "paralel"; did you mean "parallel"?',
    '26:49: parts.catalogue.evction: part cache has no field "evction"; did you mean "eviction"?',
    '27:18: parts.stock.kind: no part "databse"; did you mean "database"?',
    '29:3: autoscalers.wen: there is no part "wen"; there is edge, web, catalogue, stock; did you mean "web"?',
    '31:32: faults.0.zone: there is no zone "nroth"; there is north, south, a; did you mean "north"?',
    '33:25: objectives.0.of: there is no request class "brose"; there is browse, search, checkout; did you mean "browse"?',
    '34:7: objectives.1.lattency: an objective has no field "lattency"; did you mean "latency"?',
  ]);
});

/** A file without mistakes whose names lean on one another; each test breaks one leaning place. */
const right = `\
title: Leaning
run: { duration: 10 min, warm-up: 1 min }
workloads:
  shoppers:
    to: edge
    arrivals: { rate: 50 rps }
    mix: { browse: { share: 60 % }, search: { share: 40 % } }
parts:
  edge: { kind: load-balancer, to: web }
  web:
    kind: service
    fleet: { instances: 2, zones: [north, south] }
    slots: 4
    operations: { browse: [{ work: 20 ms }], search: [{ call: stock.read }] }
  stock: { kind: database, slots: 4, read: 2 ms, write: 3 ms }
autoscalers:
  web: { kind: schedule, at: [[5 min, 3]] }
faults:
  - { kind: zone-outage, zone: north, at: 5 min, for: 1 min }
objectives:
  - { latency: p99, of: search, below: 100 ms }
`;

test("the file whose names lean on one another has no mistakes", () => {
  expect(said(right)).toEqual([]);
});

test.each([
  ["operations:", "operatons:", "14:5"],
  ["operations: { browse", "operations: 5 # { browse", "14:17"],
  ["    kind: service", "    kind: servce", "11:11"],
  ["    kind: service", "    kind: hashing", "11:11"],
  ["    kind: service\n", "", "10:3"],
  ["fleet: {", "flet: {", "12:5"],
  ["[north, south]", "5", "12:35"],
  ["stock", "1stock", "15:3"],
  ["kind: database", "kind: 7", "15:18"],
  ["duration: 10 min", "duration: 10", "2:18"],
  ["to: web", "to: 3", "9:36"],
  ["browse: { share", "1browse: { share", "7:12"],
  ["share: 40 %", "share: 40", "7:54"],
  ["mix:", "mxi:", "7:5"],
  ["[[5 min, 3]]", "[[5 min, three]]", "17:39"],
])("%s written as %s is one mistake: nothing is made of what leans on it", (good, bad, place) => {
  const found = said(right.replaceAll(good, bad));
  expect(found.map((line) => line.split(": ")[0])).toEqual([place]);
});

const folder = new URL("../../scenarios/", import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(new URL(name, folder), "utf8").replace(/^#.*\n/gm, ""));

/** One slip of a hand: characters lost, doubled, swapped, replaced, or a line lost. */
const slip = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom("lose", "double", "swap", "replace", "line"),
  by: fc.constantFrom("x", "0", "-", ":", " ", "{", "]", "%", '"', "~", "é"),
});

function slipped(text: string, { at, how, by }: { at: number; how: string; by: string }): string {
  const place = Math.floor(at * text.length);
  const [before, here, after] = [text.slice(0, place), text[place] ?? "", text.slice(place + 1)];
  switch (how) {
    case "lose":
      return before + after;
    case "double":
      return before + here + here + after;
    case "swap":
      return before + after.slice(0, 1) + here + after.slice(1);
    case "replace":
      return before + by + after;
    default:
      return before + after.slice(after.indexOf("\n") + 1);
  }
}

test("whatever a hand slips to, every message has a place in the file and none comes twice", () => {
  const slips = fc.array(slip, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...texts), slips, (text, several) => {
      const changed = several.reduce(slipped, text);
      const loaded = check(changed);
      if (loaded.ok) return;
      expect(loaded.issues.length).toBeGreaterThan(0);
      const lines = changed.split("\n");
      for (const { place } of loaded.issues) {
        if (!("line" in place)) throw new Error("a file was checked, not a flag");
        expect(place.line).toBeLessThanOrEqual(lines.length);
        expect(place.column).toBeLessThanOrEqual(lines[place.line - 1]!.length + 1);
      }
      const all = loaded.issues.map((issue) => JSON.stringify(issue));
      expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
    }),
    { seed: 11, numRuns: 150 },
  );
});

test("names and times that would do nothing, or never end, are told", () => {
  const text = `\
title: In vain
run: { duration: 10 s }
workloads: { shoppers: { to: edge, arrivals: { rate: 50 rps } } }
parts:
  edge: { kind: load-balancer, to: web, backup-zones: [a, east] }
  web: { kind: service, slots: 1, work: 1 ms, guards: [{ kind: degradation, above: 3, serve: plain }] }
  still: { kind: service, slots: 1, work: 1 ms, pauses: { every: 0 s, for: 0 s } }
`;
  expect(said(text)).toEqual([
    '5:59: parts.edge.backup-zones.1: there is no zone "east"; there is a',
    '6:94: parts.web.guards.0.serve: part web has no operation "plain" of its own; it has default',
    "7:49: parts.still.pauses: `every` and `for` take less than 1 ms together: time would hardly pass",
  ]);
});

test("a call inside another step is told at its place", () => {
  const steps = [
    "- choose: [{ share: 100 %, steps: [{ call: nobody }] }]",
    "- parallel: [{ call: nobody }]",
    "- { loop: [{ call: nobody }], times: 2 }",
  ];
  const text = [
    "title: Steps",
    "run: { duration: 1 h }",
    "workloads: { all: { to: web, arrivals: { rate: 1 rps } } }",
    "parts:",
    "  web:",
    "    kind: service",
    "    slots: 1",
    "    operations:",
    "      all:",
    ...steps.map((step) => `        ${step}`),
  ].join("\n");
  const places = said(text).map((line) => /^[^ ]+ [^ ]+/.exec(line)![0]);
  const operation = "parts.web.operations.all";
  expect(places).toEqual([
    `10:${9 + steps[0]!.indexOf("nobody")}: ${operation}.0.choose.0.steps.0.call:`,
    `11:${9 + steps[1]!.indexOf("nobody")}: ${operation}.1.parallel.0.call:`,
    `12:${9 + steps[2]!.indexOf("nobody")}: ${operation}.2.loop.0.call:`,
  ]);
});
