/**
 * The manual, written from the definitions: one section for each family and each of its kinds, as
 * Markdown for the reference and as plain text for the terminal.
 */
import type { z } from "zod";
import { everyField, exampleOf, kindsOf, type FieldAt } from "./fieldPages.ts";
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

/**
 * The pages of every kind with this name for the terminal, and of every field; or the name that may
 * have been meant.
 */
export function explainWord(
  { sections, families }: Manual,
  root: z.ZodType,
  word: string,
): string | { readonly suggestion?: string } {
  const entries = families.flatMap(({ members }) => members);
  const roots = [root, ...entries.map(({ schema }) => schema)];
  const fields = everyField(roots);
  const pages = [
    ...entries.filter(({ kind }) => kind === word).map(page),
    ...fieldPages(
      fields.filter(({ name }) => name === word),
      sections,
    ),
  ];
  if (pages.length > 0) return pages.join("\n\n");
  const known = [...entries.map(({ kind }) => kind), ...fields.map(({ name }) => name)];
  const suggestion = didYouMean(word, new Set(known));
  return suggestion === undefined ? {} : { suggestion };
}

/** One page for all the places where a field means the same. */
function fieldPages(found: readonly FieldAt[], sections: readonly Section[]): string[] {
  const alike = new Map<string, FieldAt[]>();
  for (const each of found) {
    const said = JSON.stringify(row(each.name, each.field));
    alike.set(said, [...(alike.get(said) ?? []), each]);
  }
  return [...alike.values()].map((places) => fieldPage(places, sections));
}

function fieldPage(places: readonly FieldAt[], sections: readonly Section[]): string {
  const [{ name, field }] = places as [FieldAt];
  const { what } = row(name, field);
  const section = sections.find(({ schema }) => core(schema) === core(field));
  const example = exampleOf(field);
  return [
    `${name} (field of ${[...new Set(places.map(({ owner }) => owner))].map(ownerWords).join(", ")})`,
    ...(what === "" ? [] : [`  ${what}`]),
    `  Written as ${summaryOf(row(name, field))}.`,
    ...kindLines(kindsOf(field)),
    ...fieldLines(nested("", field, 0)),
    ...exampleLines(section?.example ?? (example && `${name}: ${example}`)),
  ].join("\n");
}

function ownerWords(owner: string): string {
  return owner === "" ? "a scenario" : owner;
}

function kindLines(kinds: readonly string[]): string[] {
  return kinds.length === 0 ? [] : [`  One of ${kinds.join(", ")}.`];
}

function fieldLines(rows: readonly FieldRow[]): string[] {
  const lines = rows.flatMap((field) => [
    `  ${field.path.replace(/^\./, "")}: ${summaryOf(field)}`,
    ...(field.what === "" ? [] : [`      ${field.what}`]),
  ]);
  return lines.length > 0 ? ["", ...lines] : [];
}

function exampleLines(example: string | undefined): string[] {
  if (example === undefined) return [];
  const lines = example.trim().split("\n");
  return ["", ...lines.map((line) => `    ${line}`)];
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
  return [
    `${kind} (${family})`,
    `  ${summary}${usual ? " Meant when kind is left out." : ""}`,
    ...fieldLines(fieldsIn(schema)),
    ...(notes ? ["", `  ${notes}`] : []),
    ...(source ? ["", `  Source: ${source}`] : []),
    ...exampleLines(example),
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
