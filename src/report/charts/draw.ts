/**
 * From a specification to pictures: vega-lite → Vega → SVG → PNG, without a browser or a canvas.
 *
 * The packages are heavy, so a pencil is fetched only by those who draw. The same specification
 * gives the same bytes on every machine: widths come from the font, numbers are rounded.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { typeface } from "./font.ts";
import type { Spec } from "./chart.ts";

export interface Pencil {
  /** Draws; complaints about the specification are added to `warnings`. */
  svg(spec: Spec, warnings?: string[]): Promise<string>;
  /** Pixels for those who cannot show an SVG, at twice its size. */
  png(svg: string): Uint8Array;
}

/** What Vega exports but its types leave out. */
interface Measures {
  readonly textMetrics: { width: (item: object, text: string) => number };
}

export async function sharpen(): Promise<Pencil> {
  const [vega, { compile }, resvg, face] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("@resvg/resvg-wasm"),
    typeface(),
  ]);
  await startResvg(resvg);
  // Vega looks here whenever it lays out text; a function of ours takes the place of its guess.
  const { textMetrics } = vega as unknown as Measures;
  textMetrics.width = (item, text) => face.width(text, item);

  return {
    async svg(spec, warnings = []) {
      const logger = collector(warnings);
      const compiled = compile(spec as never, { logger: logger as never }).spec;
      const view = new vega.View(vega.parse(compiled), {
        renderer: "none",
        logger: logger as never,
      });
      const drawn = await view.toSVG();
      view.finalize();
      return renumbered(rounded(unlabelled(drawn)));
    },
    png(svg) {
      const image = new resvg.Resvg(svg, {
        fitTo: { mode: "zoom", value: 2 },
        font: {
          fontBuffers: [...face.files],
          defaultFontFamily: "DejaVu Sans",
          sansSerifFamily: "DejaVu Sans",
        },
      });
      const rendered = image.render();
      const bytes = rendered.asPng();
      rendered.free();
      image.free();
      return bytes;
    },
  };
}

let started: Promise<unknown> | undefined;

/** The WebAssembly may be started once per process only. */
function startResvg(resvg: typeof import("@resvg/resvg-wasm")): Promise<unknown> {
  const file = createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm");
  started ??= readFile(file).then((bytes) => resvg.initWasm(bytes));
  return started;
}

/** Vega gives every group of marks a role without a name; the drawing is one image with one name. */
function unlabelled(svg: string): string {
  return svg.replace(/ (?:role="graphics-\w+"|aria-roledescription="[^"]*")/g, "");
}

/** Positions on a log scale carry the last bit of the machine's logarithm: three decimals do not. */
function rounded(svg: string): string {
  return svg.replace(/<[^>]*>/g, (tag) =>
    tag.replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(3)))),
  );
}

/** Vega numbers its clip paths through the life of the process; ours start at 1 in every drawing. */
function renumbered(svg: string): string {
  const ids = new Map<string, string>();
  return svg.replace(/(\bid="|url\(#)clip(\d+)/g, (_, before: string, number: string) => {
    if (!ids.has(number)) ids.set(number, String(ids.size + 1));
    return `${before}clip${ids.get(number)!}`;
  });
}

/** A Vega logger that writes down what others would print. */
function collector(warnings: string[]) {
  const note = (...words: unknown[]) => {
    warnings.push(words.map(String).join(" "));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: silent, error: note, warn: note, info: silent, debug: silent };
  return logger;
}
