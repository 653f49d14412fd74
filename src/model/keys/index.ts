import { oneOf, type Spec } from "../../schema/definition.ts";
import { absent } from "./absent.ts";
import { empirical } from "./empirical.ts";
import { hot } from "./hot.ts";
import { plainKeyLaws } from "./plain.ts";
import { sequential } from "./sequential.ts";

/** Every popularity law. A new one is its own file and a line here or in plain.ts. */
export const keyLaws = [...plainKeyLaws, hot, empirical, sequential, absent] as const;

export const keysSchema = oneOf(keyLaws);
export type KeysSpec = Spec<typeof keyLaws>;
