/** The group on whose nodes the most of the pending pods fit. */
import { expander } from "./expander.ts";

export const mostPods = expander({
  kind: "most-pods",
  summary: "Grows the node group on which the most pending pods fit.",
  source: "kubernetes/autoscaler cluster-autoscaler/expander/mostpods/mostpods.go",
  notes: "Where every pod fits every type it is a draw.",
  options: {},
  create: () => ({
    score: ({ needs }) => -needs.length,
    describe: ({ needs }) => (needs.length === 1 ? "1 pod" : `${needs.length} pods`),
  }),
});
