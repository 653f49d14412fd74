/**
 * Every scenario and every variant, run small: each keeps or misses its promise as its comment says,
 * and nothing that happens in it has changed by accident.
 *
 * A new scenario or variant gets an entry in fingerprints.json; `npm run gallery` fills it in.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resultSchema } from "../../src/experiment/result.ts";
import { run } from "../../src/index.ts";

interface Golden {
  readonly scenario: string;
  readonly variant: string | null;
  /** What makes the run small beside having one replication. */
  readonly set: readonly string[];
  readonly fingerprint: string;
  /** Whether it keeps its promise, as its comment says. */
  readonly met: boolean;
}

const folder = fileURLToPath(new URL("../../scenarios", import.meta.url));
const list = new URL("fingerprints.json", import.meta.url);
const goldens = JSON.parse(readFileSync(list, "utf8")) as readonly Golden[];
const textOf = (scenario: string) => readFileSync(`${folder}/${scenario}.yaml`, "utf8");

test("every scenario and every variant has its fingerprint", () => {
  const written = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .flatMap((scenario) => {
      const { variants = {} } = parse(textOf(scenario)) as { variants?: object };
      return [null, ...Object.keys(variants)].map((variant) => `${scenario} ${variant ?? ""}`);
    });
  const listed = goldens.map(({ scenario, variant }) => `${scenario} ${variant ?? ""}`);
  expect(listed.toSorted()).toEqual(written.toSorted());
});

test("every scenario tells editors its schema and readers its story", () => {
  for (const { scenario } of goldens) {
    const text = textOf(scenario);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n#\n# \S/);
    expect(text).toMatch(/exit code/);
  }
});

describe.each(goldens)("$scenario $variant", ({ scenario, variant, set, fingerprint, met }) => {
  test("runs as it did, and keeps its promise or misses it as its comment says", async () => {
    const file = `${folder}/${scenario}.yaml`;
    const small = { replications: 1, set, file, ...(variant === null ? {} : { variant }) };
    const result = await run(textOf(scenario), small);
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.met).toBe(met);
    expect(result.fingerprint).toBe(fingerprint);
  });
});
