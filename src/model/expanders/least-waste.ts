/** The group whose new nodes would have least left over: the idle share of cores and that of memory, added. */
import { formatShare } from "../../schema/format.ts";
import { expander, millicoresAskedFor, type Expansion } from "./expander.ts";

export const leastWaste = expander({
  kind: "least-waste",
  summary: "Grows the node group that would have the least share of cores and memory left over.",
  source:
    "kubernetes/autoscaler cluster-autoscaler/expander/waste/waste.go; config/flags/flags.go (the default)",
  notes: "A type whose `memory` is not told wastes none of it.",
  usual: true,
  options: {},
  create: () => ({
    score: (expansion) => idleCores(expansion) + idleMemory(expansion),
    describe(expansion) {
      const memory = expansion.type.empty.memory === Infinity ? null : idleMemory(expansion);
      const cores = `${formatShare(hundredths(idleCores(expansion)))} of its cores idle`;
      return memory === null ? cores : `${cores}, ${formatShare(hundredths(memory))} of its memory`;
    },
  }),
});

/** Share of the cores of the new nodes that nobody asks for [0 to 1]. */
function idleCores(expansion: Expansion): number {
  const { type, nodes } = expansion;
  const there = type.empty.millicores * nodes;
  return (there - millicoresAskedFor(expansion)) / there;
}

/** The same of their memory [0 to 1]. */
function idleMemory({ type, nodes, needs }: Expansion): number {
  const there = type.empty.memory * nodes;
  if (there === Infinity) return 0;
  return (there - needs.reduce((sum, { memory }) => sum + memory, 0)) / there;
}

function hundredths(share: number): number {
  return Math.floor(share * 1e4 + 0.5) / 1e4;
}
