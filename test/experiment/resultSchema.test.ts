import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { resultSchemaText } from "../../src/experiment/resultSchema.ts";
import { run } from "../../src/index.ts";

const validate = new Ajv().compile(JSON.parse(resultSchemaText()) as object);

const night = `
title: A night in which everything there is to say is said
run: { duration: 2 min, warm-up: 10 s, clock: 2026-11-10T23:40:00+08:00, replications: 2 }
workloads:
  shoppers:
    to: edge
    arrivals: { rate: 40 rps }
    mix: { browse: { share: 90 %, keys: { kind: zipf, items: 100 } }, pay: { share: 10 % } }
    client: { timeout: 1 s, retry: { attempts: 2 } }
parts:
  edge: { kind: load-balancer, to: web }
  web:
    kind: service
    fleet: { type: c7g.xlarge, instances: 2 }
    slots: 2
    queue: { limit: 10 }
    operations: { browse: [{ call: items.get }, { work: 20 ms }], pay: [{ cpu: 30 ms }] }
  items: { kind: cache, behind: stock.read }
  stock: { kind: database, slots: 4, read: 2 ms }
autoscalers:
  web: { kind: kubernetes-hpa, utilisation: 60 %, max: 4 }
faults: [{ kind: crash, of: web, at: 30 s, repair: 20 s }]
objectives: [{ availability: 99 % }, { latency: p99, below: 500 ms }]
`;

test("the committed schema is the one the definitions make", () => {
  const committed = new URL("../../scenarios/result.schema.json", import.meta.url);
  expect(resultSchemaText()).toBe(readFileSync(committed, "utf8"));
});

test("a real result, as result.json holds it, satisfies the published schema", async () => {
  const result: unknown = JSON.parse(JSON.stringify(await run(night)));
  validate(result);
  expect(validate.errors).toBeNull();
});

test("a result with a field too many, too few or of another type does not", async () => {
  const result = JSON.parse(JSON.stringify(await run(night))) as Record<string, unknown>;
  const { fingerprint, ...short } = result;
  expect(fingerprint).toBeTypeOf("string");
  expect(validate(short)).toBe(false);
  expect(validate({ ...result, mood: "good" })).toBe(false);
  expect(validate({ ...result, met: "yes" })).toBe(false);
});
