import { oneOf, type Spec } from "../../schema/definition.ts";
import { uniform } from "./uniform.ts";
import { zipf } from "./zipf.ts";

/** Every popularity law. A new one is its own file and a line here. */
export const keyLaws = [zipf, uniform] as const;

export const keysSchema = oneOf(keyLaws);
export type KeysSpec = Spec<typeof keyLaws>;
