/**
 * One chart = one question a review meeting asks, with the picture, a sentence and a table that
 * answer it. The list is in index.ts; nothing else asks which chart it has.
 */
import type { Result } from "../../experiment/result.ts";
import type { Table } from "../tables/table.ts";
import { config } from "./theme.ts";

/** Part of a vega-lite specification. Plain data: vega-lite judges it, and a test fails on any warning. */
export type Spec = { readonly [key: string]: unknown };

/** Where on the page it belongs. Ours and closed: the page has these parts, in this order. */
export type Section = "happened" | "people" | "broke" | "drill" | "felt" | "cost" | "decision";

export interface Chart<Subject = Result> {
  /** File name without ending, and anchor on the page: "traffic". */
  readonly name: string;
  readonly section: Section;
  readonly title: string;
  /** What a reader wants to know when looking at it. */
  readonly question: string;
  /** The picture without title and theme; null when there is nothing to show. */
  draw(subject: Subject): Spec | null;
  /** What it shows, in a sentence or two with the numbers: subtitle, caption and text for those who cannot see. */
  describe(subject: Subject): string;
  /** The same data in rows, thin enough to read. */
  table(subject: Subject): Table;
}

export function chart<Subject = Result>(definition: Chart<Subject>): Chart<Subject> {
  return definition;
}

/** The whole specification, fit for a file of its own; null when there is nothing to show. */
export function specification<Subject>(chart: Chart<Subject>, subject: Subject): Spec | null {
  const drawn = chart.draw(subject);
  if (!drawn) return null;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${chart.title}. ${chart.describe(subject)}`,
    title: { text: chart.title, subtitle: wrapped(chart.describe(subject), 118) },
    ...drawn,
    config,
  };
}

/** Lines of at most `width` characters, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
