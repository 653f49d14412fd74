/** What every backoff must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { Random } from "../../src/kernel/random.ts";
import { backoffs, backoffSchema } from "../../src/model/backoffs/index.ts";
import { make } from "../../src/schema/definition.ts";

/** A member with the first example of each field that has no default. */
function written(member: (typeof backoffs)[number]): object {
  const { kind: _, ...fields } = member.schema.shape as Record<string, z.ZodType>;
  const needed = Object.entries(fields).filter(([, field]) => !field.safeParse(undefined).success);
  const examples = needed.map(([key, field]) => [key, (field.meta()!["examples"] as unknown[])[0]]);
  return { kind: member.kind, ...Object.fromEntries(examples) };
}

describe.each(backoffs.map((member) => [member.kind, written(member)] as const))(
  "%s",
  (_, spec) => {
    const waits = (retries: readonly number[]) => {
      const random = new Random("backoff");
      const backoff = make(backoffs, backoffSchema.parse(spec), { random });
      let previous = 0;
      return retries.map((retry) => (previous = backoff.delay(retry, retry === 1 ? 0 : previous)));
    };
    const retries = Array.from({ length: 200 }, (_, index) => 1 + (index % 20));

    test("waits are whole ticks and never negative", () => {
      for (const wait of waits(retries)) expect(Number.isSafeInteger(wait) && wait >= 0).toBe(true);
    });

    test("the thousandth retry still has a wait", () => {
      expect(waits([1000]).every(Number.isSafeInteger)).toBe(true);
    });

    test("the same stream gives the same waits", () => {
      expect(waits(retries)).toEqual(waits(retries));
    });
  },
);
