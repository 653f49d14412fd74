/**
 * Load shedding by class: each class may fill the part up to its own share of a limit, so that what
 * matters less is turned away first and what matters most finds room. Trunk reservation, to telephony.
 */
import { z } from "zod";
import { count, name, share } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT } from "./guard.ts";

export const priorityShedding = guard({
  kind: "priority-shedding",
  summary: "Turns classes away at their own shares of a concurrency limit, least important first.",
  source: "trunk reservation: F. P. Kelly, Annals of Applied Probability 1(3), 1991, section 3",
  example:
    "guards: [{ kind: priority-shedding, limit: 200, shares: { browse: 70 %, search: 85 % } }]",
  options: {
    limit: count("Calls inside at once.", { min: 1 }),
    shares: z
      .record(name("A request class."), share("Of the limit, how much it may find taken."))
      .describe("Up to which share of the limit a class is admitted; others up to all of it."),
  },
  references: ({ shares }) =>
    Object.keys(shares).map((name) => ({ path: ["shares", name], to: "request class", name })),
  create({ limit, shares }, { className }) {
    let inside = 0;
    return {
      admit(call) {
        if (inside >= limit * (shares[className(call) ?? ""] ?? 1)) return REJECT;
        inside++;
        return ADMIT;
      },
      finished: () => void inside--,
    };
  },
});
