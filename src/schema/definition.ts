/**
 * One answer to one question: what a user may write, the words for the manual, the behaviour.
 *
 * A family (balancers, arrivals, faults, …) is a list of definitions. Validation, JSON Schema,
 * the reference and the TypeScript union of specifications all derive from that list; nothing
 * else in the program asks which kind it has.
 */
import { z } from "zod";
import type { Issue } from "./issue.ts";

export interface Definition<
  Kind extends string = string,
  Options extends z.ZodRawShape = z.ZodRawShape,
  Context = never,
  Made = unknown,
> {
  /** The question this is an answer to, as a noun: "balancer". */
  readonly family: string;
  /** The word users write after `kind:`. */
  readonly kind: Kind;
  /** One sentence for the manual. */
  readonly summary: string;
  /** The public source of the algorithm and its defaults: product and file, or paper and page. */
  readonly source?: string;
  /** Anything a planner should know before choosing it: cost per choice, what it assumes. */
  readonly notes?: string;
  /** The smallest piece of a scenario that uses it, in YAML, for the manual. */
  readonly example?: string;
  /** True for the one member of a family that is meant when `kind` is left out. */
  readonly usual?: boolean;
  /**
   * True for one that looks at nothing calls do, and does to them nothing but what its family is
   * for: what it decides is the same whatever load there is. A run may then be computed ahead.
   */
  readonly oblivious?: boolean;
  readonly schema: z.ZodObject<{ kind: KindField<Kind> } & Options, z.core.$strict>;
  /** Mistakes that only show in several fields together. */
  check?(options: z.output<z.ZodObject<Options>>): readonly Issue[];
  create(options: z.output<z.ZodObject<Options>>, context: Context): Made;
}

type KindField<Kind extends string> = z.ZodDefault<z.ZodOptional<z.ZodLiteral<Kind>>>;

/** What an author of a member writes; the family fills in the rest. */
export interface Declaration<Kind extends string, Options extends z.ZodRawShape, Context, Made> {
  kind: Kind;
  summary: string;
  source?: string;
  notes?: string;
  example?: string;
  usual?: boolean;
  oblivious?: boolean;
  options: Options;
  check?(options: z.output<z.ZodObject<Options>>): readonly Issue[];
  create(options: z.output<z.ZodObject<Options>>, context: Context): Made;
}

/**
 * The definer of a family: `const balancer = family<BalancerContext, Balancer>("balancer")`.
 *
 * `Context` is what every member is given to work with, `Made` what every member makes.
 */
export function family<Context, Made>(name: string) {
  return <const Kind extends string, Options extends z.ZodRawShape>(
    declaration: Declaration<Kind, Options, Context, Made>,
  ): Definition<Kind, Options, Context, Made> => {
    const { options, ...rest } = declaration;
    const kind = z.literal(declaration.kind);
    const kindField = declaration.usual ? kind.optional().default(declaration.kind as never) : kind;
    return {
      ...rest,
      family: name,
      schema: z
        .strictObject({ kind: kindField as unknown as KindField<Kind>, ...options })
        .meta({ description: declaration.summary, family: name, kind: declaration.kind }) as never,
    };
  };
}

type AnyDefinition = Definition<string, never, never, unknown>;

/** The union of what users may write for a family, decoded: `{ kind: "random" } | …`. */
export type Spec<Members extends readonly { schema: z.ZodType }[]> = z.output<
  Members[number]["schema"]
>;

/**
 * The schema of a family: one of its members, told apart by `kind`. A choice of only some of them
 * has a name of its own in the JSON Schema.
 */
export function oneOf<const Members extends readonly { family: string; schema: z.ZodType }[]>(
  members: Members,
  id?: string,
) {
  const schemas = members.map((member) => member.schema) as unknown as readonly [
    z.core.$ZodTypeDiscriminable,
    ...z.core.$ZodTypeDiscriminable[],
  ];
  const union = z.discriminatedUnion("kind", schemas as never);
  const family = members[0]?.family;
  return union.meta({ family, id: id ?? family?.replaceAll(" ", "-") }) as unknown as z.ZodType<
    Spec<Members>,
    z.input<Members[number]["schema"]>
  >;
}

/** The same where a member's bare word will do for one that needs no options: `balancer: random`. */
export function oneOfOrWord<
  const Members extends readonly { family: string; kind: string; schema: z.ZodType }[],
>(members: Members, id?: string) {
  const whole = oneOf(members, id);
  const words = members.map((member) => member.kind) as [Members[number]["kind"]];
  const word = z.codec(z.enum(words), whole, {
    decode: (kind) => ({ kind }) as z.input<typeof whole>,
    encode: (spec) => (spec as { kind: Members[number]["kind"] }).kind,
  });
  return z.union([whole, word]).meta({ family: members[0]?.family });
}

/** Makes the member a specification names. */
export function make<Context, Made>(
  members: readonly {
    kind: string;
    create(options: never, context: Context): Made;
  }[],
  spec: { kind: string },
  context: Context,
): Made {
  const member = members.find((candidate) => candidate.kind === spec.kind);
  if (!member) throw new Error(`no member of the family is of kind "${spec.kind}"`);
  return member.create(spec as never, context);
}

/** Mistakes the member a specification names finds in it, with paths from where it is a part of. */
export function issuesIn(
  members: readonly { kind: string; check?(options: never): readonly Issue[] }[],
  spec: { kind: string },
  path: Issue["path"],
): Issue[] {
  const found = members.find(({ kind }) => kind === spec.kind)?.check?.(spec as never) ?? [];
  return found.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

export type { AnyDefinition };
