/** What every passive check must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Kernel } from "../../src/kernel/kernel.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { Agenda } from "../../src/model/agenda.ts";
import { ejectors, ejectorSchema } from "../../src/model/ejectors/index.ts";
import { Instance } from "../../src/model/instance.ts";
import { OK, outcomes, REFUSED, type Outcome } from "../../src/model/outcomes.ts";
import { make } from "../../src/schema/definition.ts";

describe.each(ejectors.map(({ kind }) => kind))("%s", (kind) => {
  const watching = () => {
    const kernel = new Kernel();
    const out = new Set<Instance>();
    const doubted: Instance[] = [];
    const ejector = make(ejectors, ejectorSchema.parse({ kind }), {
      agenda: new Agenda(kernel),
      registered: () => 20,
      eject: (instance) => out.add(instance),
      readmit: (instance) => out.delete(instance),
      weaken: () => {},
      doubt: (instance) => doubted.push(instance),
    });
    const instance = new Instance(3, "web-4", "a", 0);
    ejector?.watch(instance);
    const call = (outcome: Outcome) => {
      ejector?.chosen?.(3);
      ejector?.answered(3, outcome);
    };
    return {
      ejector,
      instance,
      out,
      doubted,
      call,
      until: (at: number) => kernel.run(at * SECOND),
    };
  };

  test("never minds a backend that answers well", () => {
    const { out, doubted, call, until } = watching();
    for (let second = 1; second < 500; second++) {
      until(second);
      call(OK);
    }
    expect([out.size, doubted.length]).toEqual([0, 0]);
  });

  test("takes a good answer for the end of a row of failures", () => {
    const { out, call, until } = watching();
    for (let second = 1; second < 100; second++) {
      until(second);
      call(second % 2 === 0 ? OK : REFUSED);
    }
    // Only one that goes by single failures has had enough.
    expect(out.size).toBe(kind === "max-fails" ? 1 : 0);
  });

  test("nobody is out for ever: a backend that is well again is used again", () => {
    const { out, call, until } = watching();
    for (let failure = 0; failure < 50; failure++) call(REFUSED);
    until(1000);
    call(OK);
    expect(out.size).toBe(0);
  });

  test("answers of an instance it was told to forget mean nothing", () => {
    const { ejector, instance, out, doubted, until } = watching();
    ejector?.forget(instance);
    for (const outcome of outcomes.keys())
      for (let call = 0; call < 20; call++) ejector?.answered(3, outcome as Outcome);
    until(1000);
    expect([out.size, doubted.length]).toEqual([0, 0]);
  });
});
