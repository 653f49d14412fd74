/** A node of a load balancer dies: the one that has the address, or another; VRRP finds a new master. */
import { count, duration, flag, name } from "../../schema/fields.ts";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { SILENCE, type Ailment } from "../ailing.ts";
import { seconds } from "../fleet.ts";
import { fault, type FaultContext } from "./fault.ts";
import { checkTimes } from "./spells.ts";
import type { Vrrp } from "../vrrp.ts";

export const balancerCrash = fault({
  kind: "balancer-crash",
  summary:
    "A node of a load balancer with `vrrp` dies; calls hear nothing until another takes over.",
  source: "acassen/keepalived: vrrp.h, vrrp.c, keepalived.conf manual page",
  notes:
    "Without a master's adverts a backup takes over after 3 adverts and its skew, (256 - priority)/256 s, counted from the last advert. Calls that are under way go on, as where connections are synchronised.",
  example: "faults:\n  - { kind: balancer-crash, of: edge, at: 28 min, repair: 2 min }",
  prey: "balancers",
  options: {
    of: name("The load balancer."),
    node: count("Which node, from 1; the master unless given.", { min: 1 }).optional(),
    at: duration("When.").optional(),
    "time-between": distributionSchema
      .describe("Time from the start of each node to its next crash.")
      .optional(),
    repair: distributionSchema
      .describe("From the crash until the node is back; without it, it stays dead.")
      .optional(),
    graceful: flag("It stops in order, and says so with a last advert.").default(false),
  },
  check: checkTimes,
  create(options, context) {
    const vrrp = context.part(options.of).vrrp!;
    const { agenda, random } = context;
    hearOf(vrrp, options.of, context);
    const repair = options.repair && make(distributions, options.repair, { random });
    const strike = (node: Vrrp["nodes"][number], then: () => void) => {
      if (!node.isUp) return;
      const repairTime = repair?.sample();
      const next = repairTime === undefined ? "never back" : `back after ${seconds(repairTime)}`;
      const place = node === vrrp.master ? "the master" : "a backup";
      const entry = context.journal.note({
        plane: "fate",
        part: options.of,
        what: options.graceful ? "stop" : "crash",
        reason: `node ${node.number}, ${place}; ${next}`,
      });
      vrrp.crash(node, options.graceful);
      if (repairTime === undefined) return;
      agenda.after(repairTime, () => {
        entry.until = agenda.now;
        vrrp.restart(node);
        then();
      });
    };
    const named = options.node === undefined ? null : vrrp.nodes[options.node - 1]!;
    if (options.at !== undefined)
      agenda.at(options.at, () => {
        const node = named ?? vrrp.master;
        if (node !== null) strike(node, () => {});
      });
    if (options["time-between"] === undefined) return;
    const between = make(distributions, options["time-between"], { random });
    const wait = (node: Vrrp["nodes"][number]) =>
      agenda.after(between.sample(), () => strike(node, () => wait(node)));
    for (const node of named ? [named] : vrrp.nodes) wait(node);
  },
});

/** Calls hear nothing while nobody has the address. */
function hearOf(vrrp: Vrrp, part: string, { ailing, journal }: FaultContext): void {
  const door = ailing(part);
  const nobody: Ailment = { instances: null, operations: null, verdict: () => SILENCE };
  const before = vrrp.onChange;
  vrrp.onChange = (master) => {
    before(master);
    if (master === null) return door.begin(nobody);
    door.end(nobody);
    const reason = `node ${master.number} of priority ${master.priority} has the address now`;
    journal.note({ plane: "health", part, what: "took over", reason });
  };
}
