/** Any group that can help: all are equal, so a draw decides. */
import { expander } from "./expander.ts";

export const random = expander({
  kind: "random",
  summary: "Grows any of the node groups that can help.",
  source: "kubernetes/autoscaler cluster-autoscaler/expander/random/random.go",
  options: {},
  create: () => ({ score: () => 0, describe: () => "as good as any" }),
});
