/** Looking up what scenarios name. */
import { assert } from "../kernel/assert.ts";

/** Entries by name: the order in which a file lists parts has no meaning. */
export function sorted<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the checks of a scenario have found to be there. */
export function found<Value>(value: Value | null | undefined, what: string): Value {
  assert(value !== null && value !== undefined, () => `the scenario was checked: ${what} exists`);
  return value;
}
