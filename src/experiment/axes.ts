/**
 * The values that a sweep gives to places in a scenario, and how they are put together.
 *
 *     parts.web.fleet.instances=4..40:4     every fourth from 4 to 40
 *     parts.web.slots=1..1000:x10           1, 10, 100, 1000
 *     run.window=1 s..100 s:log5            five values, evenly spaced on a log scale
 *     parts.web.balancer=random,round-robin a list, of anything
 */
import { stream } from "../kernel/random.ts";
import { exp, log } from "../kernel/mathematics.ts";

export interface Axis {
  readonly path: string;
  /** As they would be written in the scenario, in order. */
  readonly values: readonly string[];
}

/** The most cells of one sweep. */
export const MOST_CELLS = 10_000;

/** An axis from what follows --vary, or what is wrong with it. */
export function parseAxis(text: string): Axis | string {
  const cut = text.indexOf("=");
  const path = text.slice(0, cut).trim();
  const said = text.slice(cut + 1).trim();
  if (cut < 1 || said === "") return "expected path=values, such as parts.web.slots=8..64:8";
  const range = RANGE.exec(said);
  if (range) return rangeAxis(path, range);
  return { path, values: listed(said) };
}

const NUMBER = "(\\d+(?:\\.\\d+)?)\\s*([^\\d\\s.,:][^.,:]*?)?";
const RANGE = new RegExp(
  `^${NUMBER}\\s*\\.\\.\\s*${NUMBER}\\s*(?::\\s*(x|log)?\\s*(\\d+(?:\\.\\d+)?)[^:,]*)?$`,
);

/** The pieces between commas that stand in no bracket. */
function listed(text: string): string[] {
  const pieces = [""];
  let depth = 0;
  for (const character of text) {
    if ("[{(".includes(character)) depth++;
    if ("]})".includes(character)) depth--;
    if (character === "," && depth === 0) pieces.push("");
    else pieces[pieces.length - 1] += character;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

function rangeAxis(path: string, match: RegExpExecArray): Axis | string {
  const [, from, unitFrom = "", to, unitTo = "", how = "", stepText = "1"] = match;
  const [low, high, step] = [Number(from), Number(to), Number(stepText)];
  if (unitFrom !== "" && unitFrom !== unitTo) return `both ends of ${path} need the same unit`;
  if (!(low < high)) return `${path} must rise: its first value is not below its last`;
  if (how !== "" && low <= 0) return `${path} cannot grow by factors from ${low}`;
  const numbers = numbersOf({ low, high, how, step });
  if (numbers === null) return `${path} needs a step above 0, a factor above 1 or two log steps`;
  if (numbers.length > MOST_CELLS) return `${path} has more than ${MOST_CELLS} values`;
  // Decimals nobody wrote come from arithmetic; whole ends have whole values between them.
  const decimals = Math.max(...[from!, to!, how === "" ? stepText : "0"].map(decimalsOf));
  const write = (value: number) => `${written(value, decimals)}${unitTo && ` ${unitTo}`}`;
  return { path, values: [...new Set(numbers.map(write))] };
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly how: string;
  readonly step: number;
}

function numbersOf({ low, high, how, step }: Range): number[] | null {
  if (how === "log") {
    if (!Number.isInteger(step) || step < 2) return null;
    const ratio = log(high / low);
    return Array.from({ length: step }, (_, at) =>
      at === step - 1 ? high : low * exp((at / (step - 1)) * ratio),
    );
  }
  if (how === "x" ? step <= 1 : step <= 0) return null;
  const numbers: number[] = [];
  const beyond = high * (1 + 1e-12);
  for (let at = 0, value = low; value <= beyond && numbers.length <= MOST_CELLS;) {
    numbers.push(value);
    at++;
    value = how === "x" ? value * step : low + at * step;
  }
  return numbers;
}

function decimalsOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

function written(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** Every combination, the last axis fastest. */
export function grid(axes: readonly Axis[]): string[][] {
  return axes.reduce<string[][]>(
    (cells, { values }) => cells.flatMap((cell) => values.map((value) => [...cell, value])),
    [[]],
  );
}

/**
 * A Latin hypercube: of each axis, every one of `count` equal stretches is used once, and chance
 * decides which stretches meet. McKay, Beckman, Conover, Technometrics 21 (1979).
 */
export function latinHypercube(axes: readonly Axis[], count: number, seed: string): string[][] {
  const columns = axes.map((axis) => {
    const random = stream(seed, axis.path, "latin-hypercube");
    const stretches = Array.from({ length: count }, (_, at) => at);
    for (let left = count - 1; left > 0; left--) {
      const other = random.below(left + 1);
      [stretches[left], stretches[other]] = [stretches[other]!, stretches[left]!];
    }
    return stretches.map((stretch) => {
      const share = (stretch + random.next()) / count;
      return axis.values[Math.floor(share * axis.values.length)]!;
    });
  });
  return Array.from({ length: count }, (_, cell) => columns.map((column) => column[cell]!));
}
