/**
 * The manual, written from the definitions: one section for each family and each of its kinds, as
 * Markdown for the reference and as plain text for the terminal.
 */
import type { z } from "zod";
import { didYouMean } from "./suggest.ts";
import { core, inside, layers, metaField, rangeOf, wordOf, usualValue } from "./walk.ts";

/** What the manual needs of a definition. */
export interface Entry {
  readonly family: string;
  readonly kind: string;
  readonly summary: string;
  readonly source?: string;
  readonly notes?: string;
  readonly example?: string;
  readonly usual?: boolean;
  readonly schema: z.ZodType;
}

/** A chapter of the manual that is one map of fields: the run, a workload, a part. */
export interface Section {
  readonly title: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly example?: string;
}

/** A chapter of the manual that is a family of kinds. */
export interface FamilyChapter {
  readonly title: string;
  /** The question the family answers: "Which backend takes the next call?" */
  readonly summary: string;
  readonly members: readonly Entry[];
}

export interface Manual {
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly Section[];
  readonly families: readonly FamilyChapter[];
}

/** The whole manual in Markdown. */
export function referenceText({ title, summary, sections, families }: Manual): string {
  const chapters = [
    `# ${title}`,
    summary,
    ...sections.flatMap(sectionText),
    ...families.flatMap(familyText),
  ];
  return `${chapters.join("\n\n")}\n`;
}

/** The pages of every kind with this name for the terminal, or the name that may have been meant. */
export function explainKind(
  entries: readonly Entry[],
  word: string,
): string | { readonly suggestion?: string } {
  const found = entries.filter(({ kind }) => kind === word);
  if (found.length > 0) return found.map(page).join("\n\n");
  const suggestion = didYouMean(word, new Set(entries.map(({ kind }) => kind)));
  return suggestion === undefined ? {} : { suggestion };
}

function sectionText({ title, summary, schema, example }: Section): string[] {
  return [`## ${title}`, summary, ...table(schema), ...yaml(example)];
}

function familyText({ title, summary, members }: FamilyChapter): string[] {
  const list = members.map(({ kind, summary: what }) => `- \`${kind}\`: ${what}`).join("\n");
  return [`## ${title}`, summary, list, ...members.flatMap(memberText)];
}

function memberText({ kind, usual, summary, schema, source, notes, example }: Entry): string[] {
  return [
    `### ${kind}`,
    usual ? `${summary} Meant when \`kind\` is left out.` : summary,
    ...table(schema),
    ...(notes ? [notes] : []),
    ...(source ? [`Source: ${source}`] : []),
    ...yaml(example),
  ];
}

function table(schema: z.ZodType): string[] {
  const rows = fieldsIn(schema).map(({ path, what, form, range, usually }) => {
    const cells = [`\`${path}\``, what, form, range, usually].map((cell) =>
      cell.replaceAll("|", "\\|"),
    );
    return `| ${cells.join(" | ")} |`;
  });
  const head =
    "| field | what it is | written as | range | default |\n| --- | --- | --- | --- | --- |";
  return rows.length > 0 ? [[head, ...rows].join("\n")] : [];
}

function yaml(example: string | undefined): string[] {
  return example ? [`\`\`\`yaml\n${example.trim()}\n\`\`\``] : [];
}

function page({ kind, family, usual, summary, schema, notes, source, example }: Entry): string {
  const fields = fieldsIn(schema).flatMap((field) => [
    `  ${field.path}: ${summaryOf(field)}`,
    `      ${field.what}`,
  ]);
  return [
    `${kind} (${family})`,
    `  ${summary}${usual ? " Meant when kind is left out." : ""}`,
    ...(fields.length > 0 ? ["", ...fields] : []),
    ...(notes ? ["", `  ${notes}`] : []),
    ...(source ? ["", `  Source: ${source}`] : []),
    ...(example
      ? [
          "",
          ...example
            .trim()
            .split("\n")
            .map((line) => `    ${line}`),
        ]
      : []),
  ].join("\n");
}

function summaryOf({ form, range, usually }: FieldRow): string {
  const usual = usually.startsWith("`") ? `default ${usually.slice(1, -1)}` : usually;
  return [form, range, usual].filter(Boolean).join(", ");
}

interface FieldRow {
  /** Its name, with those of the maps around it: "retry.attempts". */
  readonly path: string;
  readonly what: string;
  readonly form: string;
  readonly range: string;
  /** Its default in users' words, or whether it is required. */
  readonly usually: string;
}

/** Maps in maps deeper than this are left to their own section [levels]. */
const DEEPEST_ROW = 4;

/** The fields of a map, those of plain maps inside it too; `kind` is the title of the page. */
function fieldsIn(schema: z.ZodType, prefix = "", depth = 0): FieldRow[] {
  const fields = Object.entries(inside(core(schema)).shape ?? {});
  return fields
    .filter(([name]) => name !== "kind" || prefix !== "")
    .flatMap(([name, field]) => [
      row(prefix + name, field),
      ...nested(prefix + name, field, depth),
    ]);
}

function row(path: string, field: z.ZodType): FieldRow {
  return {
    path,
    what: metaField(field, "description") ?? "",
    form: wordOf(field),
    range: rangeOf(field),
    usually: usuallyOf(field),
  };
}

function nested(path: string, field: z.ZodType, depth: number): FieldRow[] {
  if (depth >= DEEPEST_ROW || metaField(field, "family")) return [];
  const { element, valueType } = inside(core(field));
  const within = element ?? valueType;
  if (within) return metaField(within, "family") ? [] : nested(`${path}[]`, within, depth + 1);
  return fieldsIn(field, `${path}.`, depth + 1);
}

function usuallyOf(field: z.ZodType): string {
  const usual = usualValue(field);
  if (usual !== undefined) {
    return `\`${typeof usual === "string" ? usual : JSON.stringify(usual)}\``;
  }
  return layers(field).some((layer) => inside(layer).type === "optional") ? "optional" : "required";
}
