/** What a product does when nobody has told it otherwise: fields of a part, as a user would write them. */
import { z } from "zod";

export interface Preset {
  readonly family: "preset";
  /** The product, with the version whose defaults these are where they change. */
  readonly kind: string;
  /** The kind of part it is for. */
  readonly part: string;
  readonly summary: string;
  readonly source: string;
  readonly notes: string;
  readonly example: string;
  /** What it sets, in the words of the scenario language. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** It has no options of its own. */
  readonly schema: z.ZodType;
}

type Declaration = Omit<Preset, "family" | "schema" | "example">;

/** A preset with its settings as its example, so that the manual shows what it sets. */
export function preset<const Kind extends string>(
  declaration: Declaration & { readonly kind: Kind },
): Preset & { readonly kind: Kind } {
  const { kind, settings } = declaration;
  const lines = Object.entries(settings).map(([field, value]) => `${field}: ${flow(value)}`);
  return {
    ...declaration,
    family: "preset",
    schema: z.strictObject({}),
    example: [`preset: ${kind}  # the same as`, ...lines].join("\n"),
  };
}

/** A value on one line of YAML. */
function flow(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([field, each]) => `${field}: ${flow(each)}`);
  return `{ ${fields.join(", ")} }`;
}
