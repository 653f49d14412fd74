/** Every call leaves a little memory behind; an instance that has none left is killed. */
import { bytes, name } from "../../schema/fields.ts";
import { PASS } from "../ailing.ts";
import type { Instance } from "../instance.ts";
import { checkRepair, Reaper, repairFields } from "./deaths.ts";
import { fault } from "./fault.ts";

export const memoryLeak = fault({
  kind: "memory-leak",
  summary: "Calls leave memory behind; an instance that runs out is killed with what it works on.",
  notes: "The more calls an instance gets, the sooner it dies. A restart begins with all memory.",
  example:
    "faults:\n  - { kind: memory-leak, of: web, memory: 1 GB, per-call: 1.5 MB, repair: 10 h }",
  prey: "slots",
  options: {
    of: name("The part that leaks."),
    memory: bytes("What an instance has to lose.", { min: 1 }),
    "per-call": bytes("What a call leaves behind.", { min: 1 }),
    ...repairFields,
  },
  check: checkRepair,
  create(options, context) {
    const fleet = context.fleet(options.of);
    const { calls } = context.ailing(options.of);
    const reaper = new Reaper(
      options,
      {
        what: "crash",
        how: "out of memory; ",
        kill: (of, instance) => of.crash(instance, false),
      },
      context,
    );
    /** Calls so far in the present life of each instance, by id. */
    const met = new Map<number, { life: number; calls: number }>();
    const most = Math.ceil(options.memory / options["per-call"]);
    const take = (instance: Instance) => {
      let tally = met.get(instance.id);
      if (tally?.life !== instance.life)
        met.set(instance.id, (tally = { life: instance.life, calls: 0 }));
      const { life } = instance;
      // The call at hand is between door and slot: the death waits until it is in.
      if (++tally.calls === most)
        context.agenda.after(0, () => {
          if (instance.life === life && instance.running) reaper.strike(fleet, instance);
        });
    };
    context.ailing(options.of).begin({
      instances: null,
      operations: null,
      verdict(call) {
        const instance = fleet.instances[calls.instance(call)];
        if (instance?.serving) take(instance);
        return PASS;
      },
    });
  },
});
