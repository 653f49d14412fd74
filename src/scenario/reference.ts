/** The manual of the scenario language, made from the definitions it is validated with. */
import { alerts } from "../model/alerts/index.ts";
import { arrivalProcesses } from "../model/arrivals/index.ts";
import { autoscalers } from "../model/autoscalers/index.ts";
import { batchSizes } from "../model/batches/index.ts";
import { backoffs } from "../model/backoffs/index.ts";
import { breakers } from "../model/breakers/index.ts";
import { budgets } from "../model/budgets/index.ts";
import { balancers } from "../model/balancers/index.ts";
import { charges } from "../model/charges/index.ts";
import { coalescings } from "../model/coalescings/index.ts";
import { detectors } from "../model/detectors/index.ts";
import { disciplines } from "../model/disciplines/index.ts";
import { ejectors } from "../model/ejectors/index.ts";
import { expanders } from "../model/expanders/index.ts";
import { failovers } from "../model/failovers/index.ts";
import { faults } from "../model/faults/index.ts";
import { fleetSchema } from "../model/fleetSpec.ts";
import { nodePoolSchema } from "../model/nodePoolSpec.ts";
import { nodeScalers } from "../model/nodeScalers/index.ts";
import { rollouts } from "../model/rollouts/index.ts";
import { supplySchema } from "../model/supply.ts";
import { terminations } from "../model/terminations/index.ts";
import { guards } from "../model/guards/index.ts";
import { keyLaws } from "../model/keys/index.ts";
import { linksSchema } from "../model/links.ts";
import { metrics } from "../model/metrics/index.ts";
import { parts } from "../model/parts/index.ts";
import { retrySchema } from "../model/policy.ts";
import { usersSchema } from "../model/population/closed.ts";
import { dnsSchema } from "../model/population/dns.ts";
import { journeySchema } from "../model/population/journeySpec.ts";
import { populationSchema } from "../model/population/regulars.ts";
import { reloadSchema } from "../model/population/reloads.ts";
import { userCacheSchema } from "../model/population/userCaches.ts";
import { presets } from "../model/presets/index.ts";
import { rates } from "../model/rates/index.ts";
import { replacements } from "../model/replacements/index.ts";
import { steps } from "../model/steps/index.ts";
import { workloadSchema } from "../model/workload.ts";
import { writes } from "../model/writes/index.ts";
import { jsonSchemaOf } from "../schema/jsonSchema.ts";
import {
  explainWord,
  referenceText as manualText,
  type Entry,
  type FamilyChapter,
  type Manual,
  type Section,
} from "../schema/reference.ts";
import { distributions } from "../statistics/distributions/index.ts";
import { agreementEntries, catalogueEntries } from "./catalogues/entries.ts";
import { fileSchema } from "./language.ts";
import { availabilitySchema, latencySchema, openSloSchema } from "./objectives.ts";

const sections: readonly Section[] = [
  {
    title: "A scenario",
    summary: "What a file says, from the top.",
    schema: fileSchema,
  },
  {
    title: "A workload",
    summary: "A source of requests and the clients behind them, under `workloads`.",
    schema: workloadSchema,
    example: "workloads:\n  shoppers: { to: edge, arrivals: { kind: poisson, rate: 800 rps } }",
  },
  {
    title: "Users",
    summary: "Instead of arrivals, under `users`: a closed loop.",
    schema: usersSchema,
    example: "users: { count: 200, think: { kind: exponential, mean: 5 s } }",
  },
  {
    title: "A population",
    summary: "Who the arrivals are, under `population` of a workload.",
    schema: populationSchema,
    example: "population: { users: 50k, exponent: 0.8 }",
  },
  {
    title: "Caches of users",
    summary: "What browsers and apps keep, under `cache` of a workload's `client`.",
    schema: userCacheSchema,
    example: "client: { cache: { capacity: 50, ttl: 10 min, ttl-jitter: 10 % } }",
  },
  {
    title: "A journey",
    summary: "What users do one step after another, under `journey`.",
    schema: journeySchema,
    example:
      "journey:\n  steps:\n    browse: { think: 8 s, next: { browse: 60 %, buy: 10 % } }\n    buy: {}\n  abandon: { slower-than: 4 s, chance: 50 % }",
  },
  {
    title: "Reloads",
    summary: "Users who refresh, under `reload` of a workload.",
    schema: reloadSchema,
    example: "reload: { after: { kind: uniform, from: 3 s, to: 8 s }, times: 2 }",
  },
  {
    title: "DNS",
    summary: "Several entries of a workload, under `dns`.",
    schema: dnsSchema,
    example: "dns: { also: [edge-west], ttl: 60 s }",
  },
  {
    title: "A fleet",
    summary: "The machines a part runs on, under `fleet`.",
    schema: fleetSchema,
    example: "fleet: { type: c7g.xlarge, instances: 12, zones: [a, b, c] }",
  },
  {
    title: "Nodes",
    summary: "Machines on which the instances of several parts are pods, under `nodes`.",
    schema: nodePoolSchema,
    example:
      "nodes:\n  general: { type: m6g.2xlarge, nodes: 3, scaler: { kind: karpenter, max: 20 } }",
  },
  {
    title: "Supply",
    summary: "Quotas and shortages of the cloud, under `supply`.",
    schema: supplySchema,
    example:
      "supply:\n  quotas: [{ of: c7g.xlarge, instances: 40 }]\n  shortages: [{ zone: a, at: 10 min, for: 5 min }]",
  },
  {
    title: "Links",
    summary: "What calls and answers travel over, under `links`.",
    schema: linksSchema,
    example: "links:\n  cross-zone: { latency: 1 ms }\n  internet: { latency: 20 ms, loss: 0.1 % }",
  },
  {
    title: "Retries",
    summary: "Under `retry`, of a workload's `client` and of a call a service makes.",
    schema: retrySchema,
    example: "retry: { attempts: 3, backoff: { kind: full-jitter, base: 100 ms, cap: 2 s } }",
  },
  {
    title: "Promises of availability",
    summary: "A share of requests that succeed, under `objectives`.",
    schema: availabilitySchema,
    example: "objectives: [{ availability: 99.9 %, of: buy, period: 30 d }]",
  },
  {
    title: "Promises of latency",
    summary: "A percentile below a bound, under `objectives`.",
    schema: latencySchema,
    example: "objectives: [{ latency: p99, below: 500 ms }]",
  },
  {
    title: "Promises from OpenSLO",
    summary: "Documents that say it instead, under `objectives`.",
    schema: openSloSchema,
    example: "objectives: [{ openslo: slo.yaml, of: buy }]",
  },
];

const stepEntries: readonly Entry[] = steps.map(({ key, summary, schema, notes, example }) => ({
  family: "step",
  kind: key,
  summary,
  schema,
  ...(notes === undefined ? {} : { notes }),
  ...(example === undefined ? {} : { example }),
}));

const families: readonly FamilyChapter[] = [
  { title: "Parts", summary: "What answers calls?", members: parts },
  { title: "Steps", summary: "What does serving a call take?", members: stepEntries },
  {
    title: "Arrivals",
    summary: "At which instants do requests arrive?",
    members: arrivalProcesses,
  },
  { title: "Rates", summary: "How many arrivals a second, over the run?", members: rates },
  { title: "Batch sizes", summary: "How many requests arrive together?", members: batchSizes },
  { title: "Keys", summary: "Which item is a request about?", members: keyLaws },
  { title: "Distributions", summary: "How long does something take?", members: distributions },
  { title: "Backoffs", summary: "How long until the next attempt?", members: backoffs },
  { title: "Retry budgets", summary: "May a caller try again?", members: budgets },
  { title: "Balancers", summary: "Which backend takes the next call?", members: balancers },
  { title: "Health checks", summary: "Which backends answer?", members: detectors },
  { title: "Failovers", summary: "Who follows a dead primary, and when?", members: failovers },
  {
    title: "Passive checks",
    summary: "What do failed calls say about a backend?",
    members: ejectors,
  },
  { title: "Presets", summary: "What does the product do by default?", members: presets },
  { title: "Queue disciplines", summary: "Who is served next?", members: disciplines },
  {
    title: "Circuit breakers",
    summary: "When does a caller stop calling?",
    members: breakers,
  },
  { title: "Guards", summary: "May this call come in?", members: guards },
  { title: "Eviction", summary: "Which item leaves a full cache?", members: replacements },
  {
    title: "Coalescing",
    summary: "What becomes of a call that misses what another fetches?",
    members: coalescings,
  },
  {
    title: "Writes",
    summary: "What does a cache do with an item that is written?",
    members: writes,
  },
  { title: "Metrics", summary: "What does a controller go by?", members: metrics },
  { title: "Autoscalers", summary: "How many instances should there be?", members: autoscalers },
  {
    title: "Node scalers",
    summary: "What launches nodes for pods that find no room?",
    members: nodeScalers,
  },
  {
    title: "Expanders",
    summary: "Which of a pool's types of nodes grows?",
    members: expanders,
  },
  {
    title: "Terminations",
    summary: "Which instance leaves first when a fleet shrinks?",
    members: terminations,
  },
  {
    title: "Rollouts",
    summary: "How does a new version come to the instances of a part?",
    members: rollouts,
  },
  { title: "Faults", summary: "What goes wrong?", members: faults },
  { title: "Alerts", summary: "When are people told?", members: alerts },
  { title: "Charges", summary: "What is paid besides machines?", members: charges },
  {
    title: "Price catalogues",
    summary: "What does a machine cost, where, and on which day? Under `catalogue` of `cost`.",
    members: catalogueEntries,
  },
  {
    title: "Service level agreements",
    summary: "What does a provider give back? Under `sla` of `cost`.",
    members: agreementEntries,
  },
];

const manual: Manual = {
  title: "The scenario language",
  summary:
    "Made from the definitions the language is checked with: `loadstar schema --reference`. Every quantity carries its unit.",
  sections,
  families,
};

/** The pages of one word of the language, a kind or a field; a suggestion when there is none. */
export function explain(word: string): string | { readonly suggestion?: string } {
  return explainWord(manual, fileSchema, word);
}

/** The whole manual in Markdown. */
export function referenceText(): string {
  return manualText(manual);
}

/** The language as JSON Schema, for completion and checks in an editor. */
export function schemaText(): string {
  const schema = jsonSchemaOf(fileSchema, {
    id: "https://loadstar.invalid/scenario.schema.json",
    title: "Loadstar scenario",
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
