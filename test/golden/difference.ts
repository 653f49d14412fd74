/** Where two folders differ first, in words. */

type Files = ReadonlyMap<string, string>;

/** The first file and line in which `made` is not `committed`; null when they are equal. */
export function firstDifference(committed: Files, made: Files): string | null {
  for (const name of [...new Set([...committed.keys(), ...made.keys()])].toSorted()) {
    const before = committed.get(name);
    const after = made.get(name);
    if (before === undefined) return `${name}: not committed`;
    if (after === undefined) return `${name}: no longer written`;
    if (before !== after) return `${name}:${lineOfDifference(before, after)}`;
  }
  return null;
}

function lineOfDifference(before: string, after: string): string {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const index = old.findIndex((line, position) => line !== fresh[position]);
  const line = index < 0 ? old.length : index;
  return `${line + 1}: committed ${quote(old[line])}, now ${quote(fresh[line])}`;
}

function quote(line: string | undefined): string {
  return line === undefined ? "nothing" : `"${line.trim().slice(0, 120)}"`;
}
