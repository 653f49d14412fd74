import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";

/** Ten requests a second of 100 ms each on a machine of two cores for 0.60 USD an hour: 0.10 USD a run. */
function halfBusy(step: string, client = "{}"): string {
  return `
title: Half busy
run: { duration: 10 min }
workloads:
  shoppers: { to: web, arrivals: { kind: deterministic, rate: 10 rps }, client: ${client} }
parts:
  web:
    kind: service
    fleet: { type: small }
    slots: 2
    operations: { default: [{ ${step} }] }
cost: { prices: { small: { price: 0.60 USD/hour, cores: 2 } } }
`;
}

const statesOf = async (scenario: string) => {
  const states = (await run(scenario)).cost.parts[0]!.states;
  return Object.fromEntries(Object.entries(states).map(([state, sum]) => [state, Number(sum)]));
};

test("half of the money is useful when half of the slots are busy", async () => {
  const { useful, idle } = await statesOf(halfBusy("work: 100 ms"));
  expect(useful).toBeCloseTo(0.05, 4);
  expect(idle).toBeCloseTo(0.05, 4);
});

test("where cores are declared they count, however many slots there are", async () => {
  const scenario = halfBusy("cpu: 100 ms").replace("slots: 2", "slots: 200");
  const { useful, idle } = await statesOf(scenario);
  expect(useful).toBeCloseTo(0.05, 4);
  expect(idle).toBeCloseTo(0.05, 4);
});

test("work for clients that have given up is wasted, not useful", async () => {
  const { wasted, useful = 0 } = await statesOf(halfBusy("cpu: 100 ms", "{ timeout: 50 ms }"));
  expect(wasted).toBeCloseTo(0.05, 4);
  expect(useful).toBeCloseTo(0, 4);
});
