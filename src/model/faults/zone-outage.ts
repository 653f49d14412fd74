/**
 * A zone goes out: every instance in it falls silent at once, in every fleet, and nothing can be
 * launched there until it is back. Then its instances start again with nothing in memory.
 */
import { duration, name } from "../../schema/fields.ts";
import { fault } from "./fault.ts";

export const zoneOutage = fault({
  kind: "zone-outage",
  summary: "Every instance in a zone falls silent; nothing can be launched there until it is back.",
  example: "faults:\n  - { kind: zone-outage, zone: b, at: 28 min, for: 6 min }",
  options: {
    zone: name("The zone."),
    at: duration("When."),
    for: duration("How long the zone is out.", { min: 1 }),
  },
  create({ zone, at, for: length }, { agenda, journal, zones, fleets }) {
    agenda.at(at, () => {
      const hit = fleets.flatMap((fleet) =>
        fleet.instances
          .filter((instance) => instance.zone === zone && instance.running)
          .map((instance) => ({ fleet, instance })),
      );
      const reason = `zone ${zone} out; ${hit.length} instances fall silent`;
      const entry = journal.note({ plane: "fate", what: "zone outage", reason });
      zones.takeOut(zone);
      for (const { fleet, instance } of hit) fleet.crash(instance, true);
      agenda.after(length, () => {
        entry.until = agenda.now;
        zones.bringBack(zone);
        for (const { fleet, instance } of hit) fleet.restart(instance);
      });
    });
  },
});
