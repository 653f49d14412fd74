import { stringify } from "yaml";

/** YAML of plain data, each command on a line of its own. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
