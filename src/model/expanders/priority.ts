/** The first group that can help, in the order in which the pool lists its types. */
import { expander } from "./expander.ts";

export const priority = expander({
  kind: "priority",
  summary: "Grows the first of the pool's `types` that can help.",
  source: "kubernetes/autoscaler cluster-autoscaler/expander/priority/priority.go",
  notes: "The product has a number for each group; here the order of the list says it.",
  options: {},
  create: (_, types) => ({
    score: ({ type }) => types.indexOf(type),
    describe: ({ type }) => `number ${types.indexOf(type) + 1} of the list`,
  }),
});
