/** The busy share of what instances work with. */
import { choice } from "../../schema/fields.ts";
import { meanOver, metric } from "./metric.ts";

export const utilisation = metric({
  kind: "utilisation",
  summary: "Busy share of a resource of the instances, averaged over them.",
  example:
    "autoscalers:\n  web: { kind: threshold, metric: { kind: utilisation, of: slots }, above: 80 %, below: 30 %, max: 40 }",
  level: "share",
  options: {
    of: choice(
      "Of which resource; `work` is of cores where steps declare cpu, else of slots. Instances without it are not measured.",
      ["work", "slots", "cpu", "disk", "network"],
    ).default("work"),
  },
  create({ of }) {
    const ofInstance = ({ utilisation: busy }: { utilisation: Busy }) => busy[of];
    return {
      title: of === "work" ? "utilisation" : `utilisation of ${of}`,
      ofInstance,
      ofPart: (view) => meanOver(view, ofInstance),
    };
  },
});

/** Busy shares by resource [0 to 1]; null for what an instance does not have. */
export type Busy = Readonly<Record<"work" | "slots" | "cpu" | "disk" | "network", number | null>>;
