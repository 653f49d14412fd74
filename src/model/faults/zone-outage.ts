/**
 * A zone goes out, or a region with all its zones: every instance in it falls silent at once, in
 * every fleet, and nothing can be launched there until it is back. Then its instances start again
 * with nothing in memory, those that their fleets have not given up meanwhile.
 */
import { name } from "../../schema/fields.ts";
import { fault, type FaultContext } from "./fault.ts";
import { mend } from "./deaths.ts";
import { checkTimes, spellFields, strikeAtTimes } from "./spells.ts";

export const zoneOutage = fault({
  kind: "zone-outage",
  summary: "Every instance in a zone falls silent; nothing can be launched there until it is back.",
  notes:
    "Fleets with a replace-after launch elsewhere what is still missing by then; what they have launched stays when the zone is back.",
  example: "faults:\n  - { kind: zone-outage, zone: b, at: 28 min, for: 6 min }",
  options: {
    zone: name("The zone.").optional(),
    region: name("In place of a zone, a region of `links.regions` with all its zones.").optional(),
    ...spellFields,
  },
  check: (options) => [
    ...checkTimes(options),
    ...((options.zone === undefined) === (options.region === undefined)
      ? [{ path: [], message: "an outage is of either a `zone` or a `region`" }]
      : []),
  ],
  create(options, context) {
    const { zone, region } = options;
    const out = zone === undefined ? (context.links?.zonesOf(region!) ?? []) : [zone];
    const where = zone === undefined ? `region ${region}` : `zone ${zone}`;
    strikeAtTimes(options, context, () => strikeZones(out, where, context));
  },
});

function strikeZones(out: readonly string[], where: string, context: FaultContext) {
  const { journal, zones, fleets } = context;
  const hit = fleets.flatMap((fleet) =>
    fleet.instances
      .filter((instance) => out.includes(instance.zone) && instance.running)
      .map((instance) => ({ fleet, instance })),
  );
  const reason = `${where} out; ${hit.length} ${hit.length === 1 ? "instance falls" : "instances fall"} silent`;
  const entry = journal.note({ plane: "fate", what: "zone outage", reason });
  for (const zone of out) zones.takeOut(zone);
  for (const { fleet, instance } of hit) {
    fleet.crash(instance, true);
    mend(fleet, instance, null, null, context);
  }
  const end = () => {
    for (const zone of out) zones.bringBack(zone);
    for (const { fleet, instance } of hit) fleet.restart(instance);
  };
  return { entry, end };
}
