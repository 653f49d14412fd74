/** From the records of the replications to the one document that every report is made from. */
import { createHash } from "node:crypto";
import { SECOND } from "../kernel/time.ts";
import { inFlight } from "../model/classMeter.ts";
import type { Exemplar, RunRecord } from "../model/record.ts";
import type { Scenario } from "../scenario/language.ts";
import { sorted } from "../model/entries.ts";
import { nodeTypesOf } from "../model/nodePoolSpec.ts";
import { priceSources } from "../scenario/machines.ts";
import { pricingOf } from "../scenario/pricing.ts";
import { directCalleesOf } from "../scenario/topology.ts";
import { measuresOf, samplesOf } from "./measures.ts";
import type { EventResult, ExemplarResult, Result } from "./result.ts";
import { firingsOf } from "./summary/alerting.ts";
import { alertsOf } from "./summary/alerts.ts";
import { bottleneckOf } from "./summary/bottleneck.ts";
import { ninesOf } from "./summary/budget.ts";
import { blameOf } from "./summary/blame.ts";
import { availability, classResults, judged, summariseClasses } from "./summary/classes.ts";
import { costOf } from "./summary/cost.ts";
import { incidentsOf } from "./summary/incidents.ts";
import { availableTime, objectiveResults, type Measured } from "./summary/objectives.ts";
import { partResults } from "./summary/parts.ts";
import { inSeconds, sum } from "./summary/pooling.ts";
import { clientResults } from "./summary/clients.ts";
import { sessionResults } from "./summary/sessions.ts";
import { steadinessOf } from "./summary/steadiness.ts";
import { windowsOf } from "./summary/windows.ts";
import { VERSION } from "./version.ts";

/** The threshold of availability by time where nothing was promised. */
const USUAL_AVAILABILITY = 0.999;

/** @param records one for each replication, in their order */
export function assemble(scenario: Scenario, records: readonly RunRecord[]): Result {
  const { run, seed, variant } = scenario;
  const { confidence } = run;
  const firstWindow = Math.ceil(run["warm-up"] / scenario.window);
  const measured: Measured = { firstWindow, confidence };
  const objectives = objectiveResults(scenario, records, measured);
  const runs = records.map(({ classes }) => judged(classes));
  const threshold =
    objectives.find(({ kind }) => kind === "availability")?.target ?? USUAL_AVAILABILITY;
  const firings = firingsOf(scenario, records);
  return {
    format: "loadstar/result",
    version: "1.0",
    engine: VERSION,
    runId: runIdOf(scenario),
    fingerprint: fingerprintOf(records),
    title: scenario.title,
    scenario: scenario.file,
    variant,
    seed,
    run: {
      duration: run.duration / SECOND,
      warmUp: run["warm-up"] / SECOND,
      clock: run.clock ?? null,
      replications: records.length,
      confidence,
    },
    objectives,
    met: objectives.length === 0 ? null : objectives.every(({ met }) => met),
    availability: {
      byRequest: availability(runs.flat()),
      byTime: availableTime(runs, threshold, measured),
      threshold,
      nines: ninesOf(availability(runs.flat())),
    },
    bottleneck: bottleneckOf(scenario, records, firstWindow),
    samples: samplesOf(records.map((record) => measuresOf(scenario, record))),
    total: summariseClasses(runs, confidence),
    classes: classResults(records, confidence),
    sessions: sessionResults(records, confidence),
    ...clientResults(records, confidence),
    parts: partResults(records, confidence),
    edges: edgesOf(scenario),
    windows: windowsOf(records, scenario.window),
    events: records.flatMap(eventsOf),
    incidents: incidentsOf(scenario, records, firings),
    blame: blameOf(scenario, records),
    ...alertsOf(scenario, records, firings),
    exemplars: records[0]!.exemplars?.map(exemplarIn) ?? [],
    slowest: slowestIn(records[0]!),
    cost: costOf(scenario, records),
    conservation: conservationOf(records),
    warnings: warningsOf(scenario, records),
    assumptions: assumptionsOf(scenario),
    files: filesIn(scenario.files),
    resolved: scenario.resolved,
  };
}

function edgesOf({ workloads, parts }: Scenario): Result["edges"] {
  const offered = sorted(workloads).flatMap(([from, { to, dns }]) =>
    [to, ...(dns?.also ?? [])].map((entry) => ({ kind: "workload" as const, from, to: entry })),
  );
  const callees = directCalleesOf({ parts });
  const calls = sorted(parts).flatMap(([from]) =>
    callees.get(from)!.map((to) => ({ kind: "part" as const, from, to })),
  );
  return [...offered, ...calls];
}

/** The same input has the same id: the first 12 hex digits of a hash over all that decides the answer. */
export function runIdOf({ resolved, seed, variant, file, files }: Scenario): string {
  const replayed = filesIn(files).map(({ sha256: hash }) => hash);
  return sha256(JSON.stringify([resolved, seed, variant, file, VERSION, ...replayed])).slice(0, 12);
}

/** By name; where they are on this machine is nobody else's business. */
function filesIn(files: Scenario["files"]): Result["files"] {
  return Object.entries(files).map(([file, { sha256: hash }]) => ({ file, sha256: hash }));
}

function fingerprintOf(records: readonly RunRecord[]): string {
  const prints = records.map(({ fingerprint }) => fingerprint);
  return prints.length === 1 ? prints[0]! : sha256(prints.join(" ")).slice(0, 16);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function eventsOf({ journal }: RunRecord, replication: number): EventResult[] {
  return journal.map(({ at, until, ...entry }) => ({
    ...entry,
    at: at / SECOND,
    replication,
    until: until === null ? null : until / SECOND,
  }));
}

function exemplarIn({ wanted, bornAt, endedAt, spans, ...rest }: Exemplar): ExemplarResult {
  return {
    ...rest,
    wanted: inSeconds(wanted),
    bornAt: bornAt / SECOND,
    endedAt: endedAt / SECOND,
    spans: spans.map(({ from, startedAt, to, ...span }) => ({
      ...span,
      from: from / SECOND,
      startedAt: inSeconds(startedAt),
      to: inSeconds(to),
    })),
  };
}

function slowestIn({ slowest }: RunRecord): Result["slowest"] {
  if (!slowest) return null;
  const { latency, requests, slow, parts } = slowest;
  const means = ({ waiting, working }: (typeof parts)[number]["all"], over: number) => ({
    waiting: waiting / over / SECOND,
    working: working / over / SECOND,
  });
  return {
    latency: latency / SECOND,
    requests,
    slow,
    parts: parts.map((one) => ({
      part: one.part,
      all: means(one.all, requests),
      slow: means(one.slow, Math.max(1, slow)),
    })),
  };
}

function conservationOf(records: readonly RunRecord[]): Result["conservation"] {
  const classes = records.flatMap((record) => record.classes);
  const parts = records.flatMap((record) => record.parts);
  const last = parts.map(({ snapshots }) => snapshots.at(-1)!);
  return {
    generated: sum(classes, ({ all }) => all.generated),
    succeeded: sum(classes, ({ all }) => all.succeeded),
    failed: sum(classes, ({ all }) => sum([...all.failed], (count) => count)),
    inFlight: sum(classes, ({ all }) => inFlight(all)),
    calls: {
      arrived: sum(last, ({ arrived }) => arrived),
      resolved: sum(last, ({ resolved }) => sum([...resolved], (count) => count)),
      inFlight: sum(parts, (part) => part.inFlight),
    },
  };
}

function warningsOf(scenario: Scenario, records: readonly RunRecord[]): string[] {
  return [...steadinessOf(scenario, records), ...scenario.warnings];
}

function assumptionsOf(scenario: Scenario): string[] {
  const { run, parts, nodes, cost, links } = scenario;
  const least = pricingOf(scenario).catalogue.minimumSeconds;
  const fleets = Object.values(parts).flatMap((part) => ("fleet" in part ? [part.fleet] : []));
  const machines = [...fleets, ...Object.values(nodes).flatMap(nodeTypesOf)];
  const priced = machines.some(({ type }) => type !== undefined);
  return [
    links === undefined
      ? "Calls between parts take no time on the network."
      : "Calls take time on the network where `links` says so, and none elsewhere.",
    "The instances a fleet begins with are ready when the run begins.",
    "A caller that times out does not tell, unless cancellation is propagated: the callee goes on working, which is counted as wasted.",
    ...(run["warm-up"] > 0
      ? [
          "Requests born during the warm-up are simulated but not counted in totals and percentiles.",
        ]
      : ["There is no warm-up: the run begins empty and that counts."]),
    ...(priced
      ? [
          `Prices: ${priceSources(scenario)}. Machines are paid for from launch to end, by the second${least > 1 ? `, each for ${least} s at least` : ""}.`,
        ]
      : []),
    ...(Object.keys(cost.purchase).length > 0 || cost["savings-plan"]
      ? [
          "Commitments are settled hour by hour from the start of the run: reserved machines first, then spot, then the savings plan; an hour that the run cuts short counts for its part.",
        ]
      : []),
    ...(cost.sla === undefined
      ? []
      : [
          "The credit of the SLA is that of a month of 730 hours with this run in it once; the rest of the month is as the history says, and costs as much by the hour as the run.",
        ]),
  ];
}
