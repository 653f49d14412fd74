/** Every promise that is missed names what broke it first, and not what broke another. */
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { renderTerminal } from "../../src/report/terminal.ts";

// Buyers need the till, which is out at 20 s and slow at 60 s; both classes need the web, half of
// which dies at 40 s.
const night = `
title: Three faults and four promises
run: { duration: 90 s, window: 1 s }
workloads:
  shoppers:
    to: web
    arrivals: { kind: deterministic, rate: 50 rps }
    mix: { buy: { share: 50 % }, look: { share: 50 % } }
parts:
  web:
    kind: service
    slots: 50
    health-check: none
    fleet: { instances: 2, start-up: 0 s }
    operations: { buy: [{ call: till }], look: [{ work: 1 ms }] }
  till: { kind: service, slots: 50, work: 5 ms }
faults:
  - { kind: outage, of: till, at: 20 s, for: 5 s }
  - { kind: crash, of: web, at: 40 s, repair: 5 s }
  - { kind: slow, of: till, at: 60 s, for: 5 s, factor: 20 }
objectives:
  - { availability: 99 %, of: buy }
  - { availability: 99 %, of: look }
  - { latency: p95, below: 50 ms, of: buy }
  - { latency: p95, below: 50 ms, of: look }
`;

test("each promise by its own class, measure and time", async () => {
  const told = renderTerminal(await run(night, {}), { colour: false, width: 400 });
  const verdicts = told.split("\n").filter((line) => /^ +(✗|✓|first broken by)/.test(line));
  expect(verdicts.map((line) => line.trim().replace(/(requests|below).*/, "$1"))).toEqual([
    "✗ 99 % of buy requests",
    expect.stringMatching(/^first broken by: 00:20 outage of till .* → 00:20 till fails: 100 % of/),
    "✗ 99 % of look requests",
    expect.stringMatching(/^first broken by: 00:40 crash of web-\d/),
    "✗ p95 of buy requests",
    expect.stringMatching(/^first broken by: 01:00 slow of till-1/),
    "✓ p95 of look requests",
  ]);
});
