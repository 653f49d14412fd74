/** A ReplicaSet's order among pods that are ready: the most crowded node first, then the youngest. */
import { largest, termination } from "./termination.ts";

export const kubernetes = termination({
  kind: "kubernetes",
  summary: "From the node with most instances of the fleet, the one launched last.",
  source: "kubernetes/kubernetes pkg/controller/controller_utils.go, ActivePodsWithRanks",
  notes:
    "Kubernetes compares ages on a logarithmic scale and draws among those of the same size; here the youngest leaves.",
  options: {},
  create: (_, { neighbours }) => ({
    choose: (candidates) => largest(candidates, neighbours).at(-1)!,
  }),
});
