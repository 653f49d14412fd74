/** What is written on a terminal is made of: paint, lines that fit, tables. */
import { styleText } from "node:util";
import type { Table } from "./tables/table.ts";

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

export type Style = "bold" | "dim" | "green" | "yellow" | "red";
export type Paint = (style: Style, text: string) => string;

/** Paints, or not: the caller has decided about colour, and nobody asks this process's stdout again. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}

/** Columns as wide as their widest cell; the first gives way when the line would not fit. */
export function table({ columns, rows }: Table, paint: Paint, width: number): string[] {
  if (rows.length === 0) return [];
  const widths = columns.map(({ label }, at) =>
    Math.max(label.length, ...rows.map((cells) => cells[at]!.length)),
  );
  const others = widths.slice(1).reduce((sum, size) => sum + size + 2, 0);
  widths[0] = Math.max(8, Math.min(widths[0]!, width - others));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const text = cut(cell, widths[at]!);
        return columns[at]!.numeric ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
      })
      .join("  ")
      .trimEnd();
  return [paint("dim", line(columns.map(({ label }) => label))), ...rows.map(line)];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Control characters of a stranger's title could move the cursor or paint the terminal. */
export function clean(text: string): string {
  return text.replace(/\p{C}/gu, "�");
}

/** Lines of at most `width` characters, all but the first indented. */
export function folded(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > indent ? space : width;
    lines.push(rest.slice(0, end).trimEnd());
    rest = " ".repeat(indent) + rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
