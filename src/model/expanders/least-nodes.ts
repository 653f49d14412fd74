/** The group that needs the fewest nodes: few large ones instead of many small ones. */
import { expander } from "./expander.ts";

export const leastNodes = expander({
  kind: "least-nodes",
  summary: "Grows the node group that needs the fewest nodes.",
  source: "kubernetes/autoscaler cluster-autoscaler/expander/leastnodes/leastnodes.go",
  options: {},
  create: () => ({
    score: ({ nodes }) => nodes,
    describe: ({ nodes }) => (nodes === 1 ? "1 node" : `${nodes} nodes`),
  }),
});
