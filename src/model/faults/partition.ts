/** Messages between two places, or two parts, that do not arrive: all of them, one way or both. */
import { badLinkOptions, checkEnds, troubleLinks } from "./links.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";

export const partition = fault({
  kind: "partition",
  summary: "No message arrives between two zones, regions or parts; one way or both.",
  notes:
    "A caller learns of it by its timeout alone. The probes of a balancer that is one of the ends get no answer either, also where it is one way only; leases go elsewhere and are renewed.",
  example: "faults:\n  - { kind: partition, between: [web, stock], at: 28 min, for: 2 min }",
  needsLinks: true,
  options: badLinkOptions,
  check: (options) => [...checkTimes(options), ...checkEnds(options)],
  create: (options, context) =>
    troubleLinks(options, context, { what: "partition", reason: "no message arrives", loss: 1 }),
});
