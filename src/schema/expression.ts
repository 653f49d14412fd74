/**
 * Formulas in a scenario, `1200 * (1 + 0.4 * sin(2 * pi * t / 3600))`, as plain functions of numbers.
 *
 * mathjs only parses. What it parsed is compiled to closures from a list of allowed nodes, so a
 * formula can compute a number and nothing else; its length and nesting are bounded before mathjs
 * sees it. Truth is 1 and 0, as in C. The transcendental functions are the kernel's, the same bits
 * on every machine.
 */
import type {
  ConditionalNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from "mathjs";
import { cos, exp, log, sin } from "../kernel/mathematics.ts";
import { mathjs } from "./mathjs.ts";
import { didYouMean } from "./suggest.ts";

export const LONGEST_FORMULA = 256;
export const MOST_NODES = 100;
export const DEEPEST_NESTING = 20;
export const LARGEST_EXPONENT = 16;

/** A formula ready to evaluate, or why it is none. */
export type Compiled =
  | {
      readonly ok: true;
      /** The value for these values of the declared names, in their order; it may be NaN or infinite, which is the caller's to judge. */
      evaluate(values: readonly number[]): number;
    }
  | { readonly ok: false; readonly message: string };

/** Compiles a formula over the declared names. `pi` is always known. */
export function compileExpression(text: string, names: readonly string[]): Compiled {
  try {
    const node = parse(text);
    return { ok: true, evaluate: new Compiler(names).compile(node, 1) };
  } catch (problem) {
    if (problem instanceof NotAllowed) return { ok: false, message: problem.message };
    throw problem;
  }
}

type Evaluate = (values: readonly number[]) => number;

/** Leaves the walk at the first thing that is not allowed; never leaves this file. */
class NotAllowed extends Error {}

function parse(text: string): MathNode {
  if (text.length > LONGEST_FORMULA) {
    throw new NotAllowed(
      `the formula has ${text.length} characters, more than ${LONGEST_FORMULA}; split it or use a profile`,
    );
  }
  if (text.trim() === "") throw new NotAllowed("the formula is empty");
  if (nesting(text) > DEEPEST_NESTING) throw tooDeep();
  try {
    return mathjs().parse(text);
  } catch (problem) {
    const { char } = problem as { char?: number };
    const place = char === undefined ? "" : ` at character ${char}`;
    throw new NotAllowed(`the formula is not understood${place}`);
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ("([{".includes(character)) deepest = Math.max(deepest, ++depth);
    if (")]}".includes(character)) depth--;
  }
  return deepest;
}

function tooDeep(): NotAllowed {
  return new NotAllowed(`the formula is nested deeper than ${DEEPEST_NESTING} levels; flatten it`);
}

/** Functions of one number. */
const FUNCTIONS: ReadonlyMap<string, (x: number) => number> = new Map([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["round", Math.round],
  ["sqrt", Math.sqrt],
  ["exp", exp],
  ["log", log],
  ["sin", sin],
  ["cos", cos],
]);

/** Functions of one number or more. */
const CHOOSERS: ReadonlyMap<string, (left: number, right: number) => number> = new Map([
  ["min", Math.min],
  ["max", Math.max],
]);

const FUNCTION_NAMES = [...CHOOSERS.keys(), ...FUNCTIONS.keys()];

const UNARY: ReadonlyMap<string, (x: number) => number> = new Map<string, (x: number) => number>([
  ["unaryMinus", (x) => -x],
  ["unaryPlus", (x) => x],
  ["not", (x) => Number(x === 0)],
]);

const BINARY: ReadonlyMap<string, (left: number, right: number) => number> = new Map<
  string,
  (left: number, right: number) => number
>([
  ["add", (left, right) => left + right],
  ["subtract", (left, right) => left - right],
  ["multiply", (left, right) => left * right],
  ["divide", (left, right) => left / right],
  ["mod", remainder],
  ["smaller", (left, right) => Number(left < right)],
  ["smallerEq", (left, right) => Number(left <= right)],
  ["larger", (left, right) => Number(left > right)],
  ["largerEq", (left, right) => Number(left >= right)],
  ["equal", (left, right) => Number(left === right)],
  ["unequal", (left, right) => Number(left !== right)],
  ["and", (left, right) => Number(left !== 0 && right !== 0)],
  ["or", (left, right) => Number(left !== 0 || right !== 0)],
]);

/** What the refused nodes of mathjs are called, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  AccessorNode: "properties and indices",
  ArrayNode: "lists",
  AssignmentNode: "assignments",
  BlockNode: "several formulas in one",
  FunctionAssignmentNode: "definitions of functions",
  ObjectNode: "objects",
  RangeNode: "ranges",
};

class Compiler {
  private readonly names: readonly string[];
  private nodes = 0;

  constructor(names: readonly string[]) {
    this.names = names;
  }

  compile(node: MathNode, depth: number): Evaluate {
    if (depth > DEEPEST_NESTING) throw tooDeep();
    if (++this.nodes > MOST_NODES) {
      throw new NotAllowed(`the formula has more than ${MOST_NODES} terms; split it`);
    }
    const parts = (nodes: readonly MathNode[]) => nodes.map((one) => this.compile(one, depth + 1));
    switch (node.type as string) {
      case "ConstantNode":
        return constant(node as ConstantNode);
      case "SymbolNode":
        return this.symbol((node as SymbolNode).name);
      case "ParenthesisNode":
        return this.compile((node as ParenthesisNode).content, depth + 1);
      case "FunctionNode":
        return call((node as FunctionNode).fn, parts((node as FunctionNode).args));
      case "OperatorNode":
        return operator(node as OperatorNode, parts((node as OperatorNode).args));
      case "ConditionalNode":
        return conditional(parts(children(node as ConditionalNode)));
      case "RelationalNode":
        throw new NotAllowed("comparisons cannot be chained; write a < b and b < c");
      default:
        throw new NotAllowed(`${REFUSED[node.type] ?? node.type} cannot be used in a formula`);
    }
  }

  private symbol(name: string): Evaluate {
    const index = this.names.indexOf(name);
    if (index >= 0) return (values) => values[index] as number;
    if (name === "pi") return () => Math.PI;
    if (FUNCTION_NAMES.includes(name)) {
      throw new NotAllowed(`${name} is a function; write ${name}(…)`);
    }
    throw unknown("name", name, [...this.names, "pi"]);
  }
}

function constant({ value }: ConstantNode): Evaluate {
  const number: unknown = value;
  if (typeof number !== "number") {
    const kind = typeof number === "string" ? "text" : String(number);
    throw new NotAllowed(`${kind} cannot be used in a formula, only numbers`);
  }
  if (!Number.isFinite(number))
    throw new NotAllowed("the formula holds a number that is too large");
  return () => number;
}

function children({ condition, trueExpr, falseExpr }: ConditionalNode): MathNode[] {
  return [condition, trueExpr, falseExpr];
}

function conditional([condition, whenTrue, whenFalse]: readonly Evaluate[]): Evaluate {
  const [asked, yes, no] = [condition, whenTrue, whenFalse] as [Evaluate, Evaluate, Evaluate];
  return (values) => (asked(values) !== 0 ? yes(values) : no(values));
}

function call(fn: MathNode, parameters: readonly Evaluate[]): Evaluate {
  const name = (fn as SymbolNode).name;
  const [first, ...rest] = parameters;
  const choose = CHOOSERS.get(name);
  if (choose && first) {
    return rest.reduce((left, right) => (values) => choose(left(values), right(values)), first);
  }
  const compute = FUNCTIONS.get(name);
  if (compute && first && rest.length === 0) return (values) => compute(first(values));
  if (compute) throw new NotAllowed(`${name} takes one number, found ${parameters.length}`);
  if (choose) throw new NotAllowed(`${name} takes at least one number`);
  throw unknown("function", name, FUNCTION_NAMES);
}

function operator(node: OperatorNode, parameters: readonly Evaluate[]): Evaluate {
  const { fn, op } = node as { fn: string; op: string };
  const [left, right] = parameters as [Evaluate, Evaluate | undefined];
  if (node.implicit) throw new NotAllowed("a multiplication is written with *, as in 2 * t");
  if ((node as { isPercentage?: boolean }).isPercentage) {
    throw new NotAllowed("% is the remainder of a division here; write 0.05 for 5 %");
  }
  if (fn === "pow") return power(left, (node.args as MathNode[])[1] as MathNode);
  const unary = right ? undefined : UNARY.get(fn);
  if (unary) return (values) => unary(left(values));
  const binary = right && BINARY.get(fn);
  if (binary) return (values) => binary(left(values), right(values));
  throw new NotAllowed(`the operator ${op} cannot be used in a formula`);
}

/** Whole powers only: repeated multiplication gives the same bits everywhere. */
function power(base: Evaluate, exponent: MathNode): Evaluate {
  const times: unknown = (exponent as ConstantNode).value;
  if (!Number.isInteger(times) || (times as number) < 0 || (times as number) > LARGEST_EXPONENT) {
    throw new NotAllowed(
      `an exponent must be a whole number from 0 to ${LARGEST_EXPONENT}; write exp(b * log(a)) for others`,
    );
  }
  return (values) => {
    const factor = base(values);
    let product = 1;
    for (let done = 0; done < (times as number); done++) product *= factor;
    return product;
  };
}

/** The remainder with the sign of the divisor, so that a clock reads right before midnight too. */
function remainder(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function unknown(what: string, name: string, known: readonly string[]): NotAllowed {
  const near = didYouMean(name, known);
  const hint = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
  return new NotAllowed(`no ${what} "${name}" in a formula; ${hint}`);
}
