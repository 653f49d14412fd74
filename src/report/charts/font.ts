/**
 * The typeface of the charts, DejaVu Sans: how wide its letters are, and its shapes for the PNG.
 *
 * Without a canvas Vega only guesses widths; with one it would ask the machine. Reading them from
 * the font file gives true ones, the same everywhere. resvg silently draws no text from a WOFF and
 * takes half a second per picture to unpack a WOFF2, so the tables of the WOFF, which are plain
 * deflate, are put together again as the TrueType file they came from.
 */
import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { createRequire } from "node:module";

/** What a text is set in: pixels, and whether it is bold. */
export interface Setting {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** The width of a text [px]. */
export type TextWidth = (text: string, setting: Setting) => number;

export interface Typeface {
  readonly width: TextWidth;
  /** The regular and the bold face as TrueType files. */
  readonly files: readonly Uint8Array[];
}

export async function typeface(): Promise<Typeface> {
  const [regular, bold] = await Promise.all([fontTables("400"), fontTables("700")]);
  const advance = { regular: advances(regular), bold: advances(bold) };
  return {
    width(text, { fontSize = 11, fontWeight = "normal" }) {
      const heavy = fontWeight === "bold" || Number(fontWeight) >= 600;
      const face = heavy ? advance.bold : advance.regular;
      let width = 0;
      for (const letter of text) width += face(letter.codePointAt(0)!);
      return width * fontSize;
    },
    files: [trueType(regular), trueType(bold)],
  };
}

/** Tables of a font by their four-letter names. */
type Tables = ReadonlyMap<string, { readonly bytes: Buffer; readonly checksum: number }>;

/** Unpacks a WOFF 1.0 file: 44 bytes of header, then 20 bytes of directory for each table. */
async function fontTables(weight: string): Promise<Tables> {
  const name = `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff`;
  const woff = await readFile(createRequire(import.meta.url).resolve(name));
  const tables = woff.readUInt16BE(12);
  return new Map(
    Array.from({ length: tables }, (_, table) => {
      const entry = 44 + table * 20;
      const from = woff.readUInt32BE(entry + 4);
      const packed = woff.readUInt32BE(entry + 8);
      const bytes = woff.subarray(from, from + packed);
      return [
        woff.toString("latin1", entry, entry + 4),
        {
          bytes: packed < woff.readUInt32BE(entry + 12) ? inflateSync(bytes) : bytes,
          checksum: woff.readUInt32BE(entry + 16),
        },
      ];
    }),
  );
}

/** The TrueType file: 12 bytes of header, 16 of directory for each table, then the tables on multiples of four. */
function trueType(tables: Tables): Uint8Array {
  const head = Buffer.alloc(12 + 16 * tables.size);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.size, 4);
  const pieces: Buffer[] = [head];
  let at = head.length;
  [...tables].forEach(([name, { bytes, checksum }], table) => {
    const entry = 12 + 16 * table;
    head.write(name, entry, "latin1");
    head.writeUInt32BE(checksum, entry + 4);
    head.writeUInt32BE(at, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    pieces.push(bytes, padding);
    at += bytes.length + padding.length;
  });
  return Buffer.concat(pieces);
}

function tableOf(tables: Tables, name: string): Buffer {
  const table = tables.get(name);
  if (!table) throw new Error(`the font has no table ${name}`);
  return table.bytes;
}

/** Width of a letter as a share of the font size, by code point. Source: OpenType, tables head, hhea, hmtx and cmap. */
function advances(font: Tables): (codePoint: number) => number {
  const unitsPerEm = tableOf(font, "head").readUInt16BE(18);
  const widths = tableOf(font, "hmtx");
  const measured = tableOf(font, "hhea").readUInt16BE(34);
  const glyphOf = glyphs(tableOf(font, "cmap"));
  return (codePoint) =>
    widths.readUInt16BE(4 * Math.min(glyphOf(codePoint), measured - 1)) / unitsPerEm;
}

/** Glyph of a code point in the Basic Multilingual Plane, by the segments of a format 4 cmap; 0 is "no such glyph". */
function glyphs(cmap: Buffer): (codePoint: number) => number {
  const at = formatFour(cmap);
  const doubled = cmap.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  return (codePoint) => {
    for (let segment = 0; segment < doubled; segment += 2) {
      if (cmap.readUInt16BE(ends + segment) < codePoint) continue;
      const start = cmap.readUInt16BE(starts + segment);
      if (start > codePoint) return 0;
      const delta = cmap.readUInt16BE(deltas + segment);
      const offset = cmap.readUInt16BE(offsets + segment);
      if (offset === 0) return (codePoint + delta) % 65_536;
      const glyph = cmap.readUInt16BE(offsets + segment + offset + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) % 65_536;
    }
    return 0;
  };
}

function formatFour(cmap: Buffer): number {
  for (let entry = 4; entry < 4 + cmap.readUInt16BE(2) * 8; entry += 8) {
    const at = cmap.readUInt32BE(entry + 4);
    if (cmap.readUInt16BE(at) === 4) return at;
  }
  throw new Error("the font has no character map of format 4");
}
