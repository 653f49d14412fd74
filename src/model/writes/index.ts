import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { around } from "./around.ts";
import { aside } from "./aside.ts";
import { behind } from "./behind.ts";
import { through } from "./through.ts";

/** Every way of writing. A new one is its own file and a line here. */
export const writes = [aside, through, around, behind] as const;

export const writesSchema = oneOfOrWord(writes);
export type WritesSpec = Spec<typeof writes>;

/** Whether a way of writing writes to the store. */
export function usesStore(spec: WritesSpec): boolean {
  return writes.some(({ kind, usesStore: uses }) => kind === spec.kind && uses);
}
