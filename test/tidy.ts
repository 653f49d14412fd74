/**
 * The rules of the house that a machine can hold, as functions from a source to complaints.
 *
 * Sources are parsed, not searched, so that words in comments and texts do not count. A complaint
 * names file and line, says what is wrong and names the better way.
 */
import { posix } from "node:path";
import ts from "typescript";

export interface Source {
  /** Path from the root of the repository: "src/model/call.ts". */
  readonly path: string;
  readonly text: string;
}

/**
 * The arrows of the house: who may import from whom. An entry is a room, or one file of a room.
 * What is not here is forbidden. The README prints this table.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  schema: ["kernel"],
  statistics: ["schema", "kernel"],
  model: ["statistics", "schema", "kernel"],
  scenario: ["model", "statistics", "schema", "kernel"],
  experiment: ["scenario", "model", "statistics", "schema", "kernel"],
  // Any report can be made again from a saved result.json, so reports know saved documents and no more.
  report: [
    "experiment/result.ts",
    "experiment/comparison.ts",
    "experiment/sweepResult.ts",
    "experiment/sizing.ts",
    "statistics",
    "schema",
  ],
  cli: ["report", "experiment", "scenario", "schema"],
};

/** Packages that take longer to load than `--help` may take. */
export const heavyPackages = ["vega", "vega-lite", "mathjs", "@resvg/resvg-wasm", "zod", "yaml"];

/** What `Math` may be used for where results must be the same on every machine. */
const exactMath = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc PI".split(" "),
);

/** Names that only `cli` may use, and what to do instead. */
const outsideNames: Readonly<Record<string, string>> = {
  Date: "the wall clock belongs to src/cli; simulated time comes from the kernel",
  performance: "the wall clock belongs to src/cli; simulated time comes from the kernel",
  console: "return what is to be said; src/cli prints it",
  process: "the environment belongs to src/cli; take what is needed as an argument",
  Intl: "it depends on the machine's language; format with our own functions",
};

/** A name a file may use although its room may not, with the reason. */
export type Allowances = Readonly<Record<string, Readonly<Record<string, string>>>>;

const LONGEST_FILE = 400;

/** The room a source is in: "model" for src/model/call.ts, null for src/index.ts and tests. */
export function roomOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Imports that go against the arrows. */
export function wrongArrows(source: Source): string[] {
  const room = roomOf(source.path);
  if (room === null) return [];
  const allowed = arrows[room];
  if (!allowed) return [`${source.path}:1: there is no room "${room}"; use one of test/tidy.ts`];
  return importsOf(source).flatMap(({ line, target }) => {
    if (!target.startsWith("src/") || roomOf(target) === room) return [];
    const fits = allowed.some((goal) => target === `src/${goal}` || roomOf(target) === goal);
    if (fits) return [];
    return [
      `${source.path}:${line}: ${room} may not import ${target}; it may import ` +
        `${allowed.join(", ") || "no other room"}: what is needed belongs there`,
    ];
  });
}

/** Uses of what differs between machines or runs: transcendentals, clocks, language settings. */
export function unrepeatable(source: Source, allowances: Allowances = {}): string[] {
  const complaints: string[] = [];
  const file = parse(source);
  const complain = (node: ts.Node, what: string) =>
    complaints.push(`${source.path}:${lineOf(file, node)}: ${what}`);
  const inCli = roomOf(source.path) === "cli";
  const allowed = allowances[source.path] ?? {};
  walk(file, (node) => {
    const power = powerIn(node);
    if (power && !Object.hasOwn(allowed, "**")) complain(node, power);
    if (!ts.isIdentifier(node)) return;
    const better = languageIn(node) ?? mathIn(node) ?? (inCli ? undefined : outsideIn(node));
    if (better && !Object.hasOwn(allowed, node.text)) complain(node, better);
  });
  return complaints;
}

/** Files that want to be two files. */
export function tooLong({ path, text }: Source): string[] {
  const lines = text.trimEnd().split("\n").length;
  if (lines <= LONGEST_FILE) return [];
  return [`${path}:${LONGEST_FILE + 1}: ${lines} lines; look for the second idea and move it out`];
}

const unfinishedWords = new RegExp(
  `\\b(${["to" + "do", "fix" + "me", "st" + "ub"].join("|")})s?\\b`,
  "i",
);

/** Words that say the work is not finished. */
export function unfinished({ path, text }: Source): string[] {
  return text.split("\n").flatMap((line, index) => {
    const word = unfinishedWords.exec(line)?.[0];
    if (!word) return [];
    return [`${path}:${index + 1}: "${word}"; finish it, or leave it out and open an issue`];
  });
}

/** Packages (bare specifiers) and files that are loaded as soon as one file is, with the way there. */
export function loadedWith(entry: string, sources: ReadonlyMap<string, Source>) {
  const ways = new Map<string, readonly string[]>();
  const visit = (path: string, way: readonly string[]) => {
    if (ways.has(path)) return;
    ways.set(path, way);
    const source = sources.get(path);
    if (!source) return;
    for (const { target, atOnce } of importsOf(source)) if (atOnce) visit(target, [...way, target]);
  };
  visit(entry, [entry]);
  return ways;
}

interface Import {
  line: number;
  /** A path from the root for our own files, else the package's specifier. */
  target: string;
  /** Loaded together with the importing file: neither types alone nor by `await import`. */
  atOnce: boolean;
}

/** Every import of a source: static, of types, repeated by `export from`, and dynamic. */
export function importsOf(source: Source): Import[] {
  const file = parse(source);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: string, atOnce: boolean) =>
    found.push({ line: lineOf(file, node), target: resolve(source.path, specifier), atOnce });
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return;
      add(node, node.moduleSpecifier.text, !isTypeOnly(node));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(node, specifier.text, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) add(node, literal.text, false);
    }
  });
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;
}

/** `a ** b` is exact for powers of two and for bigints; a product says the rest, and is faster. */
function powerIn(node: ts.Node): string | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { left: base, operatorToken: operator } = node;
  const isPower =
    operator.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    operator.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken;
  const isTwo = ts.isNumericLiteral(base) && base.text === "2";
  if (!isPower || isTwo || ts.isBigIntLiteral(base)) return undefined;
  return "** differs between Node versions; multiply, or use power of src/kernel/mathematics.ts";
}

function mathIn(node: ts.Identifier): string | undefined {
  if (node.text !== "Math" || isOnlyAName(node)) return undefined;
  const { parent } = node;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : "this use of it";
  if (exactMath.has(member)) return undefined;
  if (member === "random")
    return "Math.random cannot be repeated; use a named stream of src/kernel/random.ts";
  return `Math.${member} differs between machines; use src/kernel/mathematics.ts`;
}

function languageIn(node: ts.Identifier): string | undefined {
  if (node.text === "localeCompare")
    return "localeCompare depends on the machine's language; compare with < (code units)";
  if (node.text.startsWith("toLocale"))
    return `${node.text} depends on the machine's language; format with our own functions`;
  return undefined;
}

function outsideIn(node: ts.Identifier): string | undefined {
  const better = Object.hasOwn(outsideNames, node.text) ? outsideNames[node.text] : undefined;
  return better && !isOnlyAName(node) ? `${node.text}: ${better}` : undefined;
}

/** True for the name of a member (`queue.process`, `{ process: … }`, a method), not a global. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  );
}

function parse({ path, text }: Source): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}

function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
