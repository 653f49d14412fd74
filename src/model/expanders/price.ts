/** The group whose new nodes cost least for what the pods that fit them ask for. */
import { expander, millicoresAskedFor, type Expansion } from "./expander.ts";

export const price = expander({
  kind: "price",
  summary: "Grows the node group that costs least by the core that its pods ask for.",
  source: "kubernetes/autoscaler cluster-autoscaler/expander/price/price.go",
  notes:
    "What a pod is worth goes by its cores alone. The product also leans towards node sizes that suit the size of the cluster; that is left out.",
  options: {},
  create: () => ({
    score: perCore,
    describe: (expansion) => `${Math.floor(perCore(expansion) * 1e4 + 0.5) / 1e4} an hour and core`,
  }),
});

function perCore(expansion: Expansion): number {
  const { type, nodes } = expansion;
  return (type.pricePerHour * nodes * 1000) / millicoresAskedFor(expansion);
}
