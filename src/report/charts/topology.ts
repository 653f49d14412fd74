/** The platform as a picture: who calls whom, how often, and how busy each part was. */
import type { PartResult, Result } from "../../experiment/result.ts";
import { arrivalsOf, loadedEdges } from "../load.ts";
import { busiestWindow } from "../tables/parts.ts";
import { numbers, words } from "../tables/table.ts";
import { percent, rate } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { layered, type Place } from "./layers.ts";
import { AXIS_ROOM, BLUE, GRID, INK, MUTED, PLOT, VERMILION } from "./theme.ts";

const BOX = { width: 124, height: 58 };
const ROW = 84;
/** The least room for a layer, with an edge to its right [px]. */
const COLUMN = 174;
/** Half the length of an arrow head [px]. */
const HEAD = 7;

/** Utilisation from which a part is drawn as full, averaged over a window. */
const FULL = 0.95;

export const topology = chart({
  name: "topology",
  section: "happened",
  title: "The platform and its load",
  question: "Who calls whom, how often, and how busy was each part?",

  draw(result) {
    if (result.edges.length === 0) return null;
    const { width, height, nodes, edges } = sketched(result);
    return {
      width,
      height,
      layer: [
        edgeLines(edges),
        edgeHeads(edges),
        rectangle(nodes, () => BOX.width, { fill: GRID }),
        fill(nodes, false),
        fill(nodes, true),
        rectangle(nodes, () => BOX.width, { fill: null, stroke: MUTED, strokeWidth: 1 }),
        label(nodes, "name", -16, { fontWeight: "bold", fontSize: 12, color: INK }),
        label(nodes, "kind", 0, { fontSize: 10, color: INK }),
        label(nodes, "state", 15, { fontSize: 10.5, color: INK }),
        edgeLabels(edges),
      ],
      encoding: {
        x: { type: "quantitative", scale: { domain: [0, width] }, axis: null },
        y: { type: "quantitative", scale: { domain: [height, 0] }, axis: null },
      },
    };
  },

  describe(result) {
    const known = result.parts.flatMap((part) => {
      const most = busiestWindow(result, part.name);
      return most === null ? [] : [{ name: part.name, most }];
    });
    const [busiest] = known.sort((left, right) => right.most - left.most);
    const full = busiest
      ? ` The fullest was ${busiest.name}, up to ${percent(busiest.most)} busy.`
      : "";
    return `Calls per second are means over the measured part of the run, retries included; boxes are filled by mean utilisation, in orange where a window was full.${full}`;
  },

  table(result) {
    return {
      columns: [
        words("caller"),
        words("part"),
        numbers("calls"),
        numbers("all calls of the part"),
        numbers("busy"),
        numbers("busiest window"),
      ],
      rows: loadedEdges(result).map(({ from, to, perSecond }) => {
        const part = result.parts.find(({ name }) => name === to);
        return [
          from,
          to,
          perSecond === null ? "not told apart" : rate(perSecond),
          rate(part ? arrivalsOf(part, result) : null),
          percent(part?.utilisation ?? null),
          percent(busiestWindow(result, to)),
        ];
      }),
    };
  },
});

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Node extends Point {
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  /** Mean and highest utilisation; null where a part has no slots. */
  readonly busy: number | null;
  readonly most: number | null;
}

interface Edge {
  /** From the caller's side of the box to the callee's [px]. */
  readonly points: readonly Point[];
  readonly thickness: number;
  readonly label: string;
}

/** Workloads and parts may share a name: a workload's id begins with what no name has. */
const idOf = (kind: "workload" | "part", name: string) => (kind === "part" ? name : `> ${name}`);

/** Everything in its place, in pixels from the top left. */
function sketched(result: Result) {
  const loaded = loadedEdges(result);
  const ends = loaded.map(({ kind, from, to }) => ({ from: idOf(kind, from), to }));
  const parts = result.parts.map(({ name }) => name);
  const ids = [...new Set([...ends.map(({ from }) => from), ...parts])];
  const layout = layered(ids, ends);
  const places = [...layout.nodes.values(), ...layout.bends.flat()];
  const columns = Math.max(...places.map(({ layer }) => layer)) + 1;
  const width = Math.max(PLOT.width + AXIS_ROOM, columns * COLUMN);
  const height = Math.max(...places.map(({ rows }) => rows)) * ROW;
  const gap = (width - BOX.width - 4) / Math.max(1, columns - 1);
  const middle = ({ layer, row, rows }: Place): Point => ({
    x: 2 + BOX.width / 2 + layer * gap,
    y: ((row + 0.5) * height) / rows,
  });
  const most = Math.max(...loaded.map(({ perSecond }) => perSecond ?? 0));
  const half = BOX.width / 2;
  return {
    width,
    height,
    nodes: ids.map((id) => ({ ...middle(layout.nodes.get(id)!), ...inWords(id, result) })),
    edges: ends.map(({ from, to }, place): Edge => {
      const [caller, callee] = [from, to].map((id) => middle(layout.nodes.get(id)!));
      const { perSecond } = loaded[place]!;
      const bends = layout.bends[place]!.map(middle);
      return {
        points: [
          { x: caller!.x + half, y: caller!.y },
          ...bends.flatMap(({ x, y }) => [
            { x: x - half, y },
            { x: x + half, y },
          ]),
          { x: callee!.x - half - HEAD, y: callee!.y },
        ],
        thickness: 1 + (most > 0 ? 4 * Math.sqrt((perSecond ?? 0) / most) : 0),
        label: perSecond === null ? "" : rate(perSecond),
      };
    }),
  };
}

function inWords(id: string, result: Result): Omit<Node, keyof Point> {
  const part = result.parts.find(({ name }) => name === id);
  return part ? partWords(part, result) : { ...nobody, name: id.slice(2) };
}

const nobody = { kind: "workload", state: "", busy: null, most: null };

function partWords(part: PartResult, result: Result) {
  const most = busiestWindow(result, part.name);
  const { utilisation: busy } = part;
  return {
    name: part.name,
    kind: part.fleet ? `${part.kind} × ${part.fleet.initial}` : part.kind,
    state:
      busy === null ? rate(arrivalsOf(part, result)) : `${percent(busy)}, up to ${percent(most)}`,
    busy,
    most,
  };
}

function edgeLines(edges: readonly Edge[]): Spec {
  const values = edges.flatMap(({ points, thickness }) =>
    points.slice(1).map(({ x: x2, y: y2 }, place) => ({ ...points[place]!, x2, y2, thickness })),
  );
  return {
    data: { values },
    mark: { type: "rule", color: MUTED, strokeOpacity: 0.6, strokeCap: "round" },
    encoding: {
      x: { field: "x" },
      y: { field: "y" },
      x2: { field: "x2" },
      y2: { field: "y2" },
      strokeWidth: { field: "thickness", type: "quantitative", scale: null, legend: null },
    },
  };
}

/** A triangle at the callee's end. */
function edgeHeads(edges: readonly Edge[]): Spec {
  return {
    data: { values: edges.map(({ points }) => points.at(-1)!) },
    mark: {
      type: "point",
      shape: "triangle-right",
      filled: true,
      size: 90,
      color: MUTED,
      opacity: 1,
    },
    encoding: { x: { field: "x" }, y: { field: "y" } },
  };
}

/** Over the middle of the edge, or of its first level piece. */
function edgeLabels(edges: readonly Edge[]): Spec {
  const values = edges.map(({ points, label }) => {
    const [from, to] = points.length > 2 ? [points[1]!, points[2]!] : [points[0]!, points[1]!];
    // Beside a slope, not on it: six pixels a letter are wide enough.
    const aside = Math.sign(to.y - from.y) * label.length * 3;
    return { x: (from.x + to.x) / 2 + aside, y: (from.y + to.y) / 2 - 10, label };
  });
  return {
    data: { values },
    mark: { type: "text", fontSize: 10.5, color: INK },
    encoding: { x: { field: "x" }, y: { field: "y" }, text: { field: "label" } },
  };
}

/** The busy share of a box, filled from the left; full parts in the colour of trouble. */
function fill(nodes: readonly Node[], full: boolean): Spec {
  return rectangle(
    nodes.filter(({ busy, most }) => busy !== null && (most ?? 0) >= FULL === full),
    ({ busy }) => BOX.width * busy!,
    { fill: full ? VERMILION : BLUE, fillOpacity: 0.35 },
  );
}

function rectangle(nodes: readonly Node[], width: (node: Node) => number, look: Spec): Spec {
  const values = nodes.map((node) => ({
    x: node.x - BOX.width / 2,
    x2: node.x - BOX.width / 2 + width(node),
    y: node.y - BOX.height / 2,
    y2: node.y + BOX.height / 2,
  }));
  return {
    data: { values },
    mark: { type: "rect", ...look },
    encoding: { x: { field: "x" }, x2: { field: "x2" }, y: { field: "y" }, y2: { field: "y2" } },
  };
}

function label(
  nodes: readonly Node[],
  field: "name" | "kind" | "state",
  dy: number,
  look: Spec,
): Spec {
  return {
    data: { values: nodes.map(({ x, y, ...node }) => ({ x, y, text: node[field] })) },
    mark: { type: "text", dy, limit: BOX.width - 8, ...look },
    encoding: { x: { field: "x" }, y: { field: "y" }, text: { field: "text" } },
  };
}
