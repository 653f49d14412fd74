/** Price catalogues and agreements as pages of the manual. */
import { z } from "zod";
import { formatShare } from "../../schema/format.ts";
import type { Entry } from "../../schema/reference.ts";
import { agreements } from "./agreements.ts";
import type { Catalogue } from "./catalogue.ts";
import { catalogues } from "./index.ts";

/** They have no fields of their own. */
const schema = z.strictObject({});

export const catalogueEntries: readonly Entry[] = catalogues.map((catalogue) => ({
  family: "price catalogue",
  kind: catalogue.name,
  summary: `${catalogue.title}.`,
  source: catalogue.source,
  notes: `In ${catalogue.currency} by the hour, billed by the second, ${leastTime(catalogue)}: ${prices(catalogue)}. \`prices\` of \`cost\` adds types and takes precedence.`,
  example: `cost: { catalogue: ${catalogue.name} }`,
  schema,
}));

export const agreementEntries: readonly Entry[] = Object.entries(agreements).map(
  ([name, { title, tiers }]) => ({
    family: "service level agreement",
    kind: name,
    summary: `${title}.`,
    notes: `Of the month's bill, ${tiers.map(({ below, credit }) => `${formatShare(credit)} below ${formatShare(below)}`).join(", ")}.`,
    example: `cost: { sla: ${name} }`,
    schema,
  }),
);

function leastTime({ minimumSeconds }: Catalogue): string {
  return minimumSeconds > 1 ? `at least ${minimumSeconds} s` : "without a least time";
}

/** "m5.large 0.096, xlarge 0.192; c5.large 0.085": the sizes of a family after its first by their size only. */
function prices({ types }: Catalogue): string {
  const families = new Map<string, string[]>();
  for (const [type, { perHour }] of types) {
    const [, family, size] = /^(.*)\.([^.]+)$/.exec(type)!;
    const told = families.get(family!) ?? [];
    families.set(family!, [...told, `${told.length === 0 ? type : size} ${perHour}`]);
  }
  return [...families.values()].map((sizes) => sizes.join(", ")).join("; ");
}
