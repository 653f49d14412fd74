/**
 * Places the nodes of a graph in layers, so that edges lead from left to right.
 *
 * A node stands one layer after the last of those that lead to it; within a layer, nodes follow the
 * mean place of those, which keeps most edges from crossing (Sugiyama, Tagawa and Toda, 1981).
 */

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** A place in a layer, both from 0, with how many share the layer. */
export interface Place {
  readonly layer: number;
  readonly row: number;
  readonly rows: number;
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Place>;
  /** For each edge, where it passes through the layers between its ends. */
  readonly bends: readonly (readonly Place[])[];
}

export function layered(ids: readonly string[], edges: readonly Edge[]): Layout {
  const layers = layerOf(ids, edges);
  const passing = edges.map(({ from, to }, edge) => {
    const between = Math.max(0, layers.get(to)! - layers.get(from)! - 1);
    return Array.from({ length: between }, (_, step) => ({
      id: `${edge} ${step}`,
      layer: layers.get(from)! + step + 1,
    }));
  });
  const chains = edges.map(({ from, to }, edge) => [
    from,
    ...passing[edge]!.map(({ id }) => id),
    to,
  ]);
  const all = [...ids.map((id) => ({ id, layer: layers.get(id)! })), ...passing.flat()];
  const places = placed(all, chains);
  return {
    nodes: new Map(ids.map((id) => [id, places.get(id)!])),
    bends: passing.map((chain) => chain.map(({ id }) => places.get(id)!)),
  };
}

function placed(
  all: readonly { readonly id: string; readonly layer: number }[],
  chains: readonly (readonly string[])[],
): Map<string, Place> {
  const places = new Map<string, Place>();
  const last = Math.max(0, ...all.map(({ layer }) => layer));
  for (let layer = 0; layer <= last; layer++) {
    const inLayer = all.filter((one) => one.layer === layer);
    inLayer
      .map(({ id }) => ({ id, height: meanHeight(id, chains, places) }))
      .sort((left, right) => left.height - right.height)
      .forEach(({ id }, row) => places.set(id, { layer, row, rows: inLayer.length }));
  }
  return places;
}

/** Of those that lead to a node, as a share of their layers' heights. */
function meanHeight(
  id: string,
  chains: readonly (readonly string[])[],
  places: ReadonlyMap<string, Place>,
): number {
  const before = chains.flatMap((chain) => {
    const place = places.get(chain[chain.indexOf(id) - 1] ?? "");
    return place ? [(place.row + 0.5) / place.rows] : [];
  });
  return before.reduce((sum, height) => sum + height, 0) / Math.max(1, before.length);
}

/** The longest way to each node. Edges of a circle count no longer than there are nodes. */
function layerOf(ids: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const layers = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round++) {
    let moved = false;
    for (const { from, to } of edges) {
      const next = layers.get(from)! + 1;
      if (layers.get(to)! >= next || next >= ids.length) continue;
      layers.set(to, next);
      moved = true;
    }
    if (!moved) break;
  }
  return layers;
}
