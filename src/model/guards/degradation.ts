/** Degradation: above so many calls inside, a cheaper operation of the part serves the rest. */
import { z } from "zod";
import { count, name, text } from "../../schema/fields.ts";
import { ADMIT, guard } from "./guard.ts";

export const degradation = guard({
  kind: "degradation",
  summary: "Serves a cheaper operation while more than a number of calls are inside.",
  notes: "A call served so counts as answered; results tell how many were.",
  example: "guards: [{ kind: degradation, above: 80, serve: plain }]",
  options: {
    above: count("Calls inside from which on the cheaper operation serves."),
    serve: text("The cheaper operation of this part."),
    of: z
      .array(name("A request class."))
      .describe("The request classes that are served so; all of them unless given.")
      .optional(),
  },
  references: ({ serve, of = [] }) => [
    { path: ["serve"], to: "operation", name: serve },
    ...of.map((name, index) => ({ path: ["of", index], to: "request class" as const, name })),
  ],
  create({ above, serve, of }, context) {
    let inside = 0;
    return {
      admit(call) {
        const concerns = of === undefined || of.includes(context.className(call) ?? "");
        if (inside >= above && concerns) context.serve(call, serve);
        inside++;
        return ADMIT;
      },
      finished: () => void inside--,
    };
  },
});
