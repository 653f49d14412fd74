/** What a Result says of the causes of unavailability. */
import { z } from "zod";
import { count, share } from "./fields.ts";

/** In the order in which they are told. */
export const blamed = ["fault", "deployment", "overload", "dependency", "chance"] as const;
export type Blamed = (typeof blamed)[number];

/** Requests that failed in measured windows, over all replications, by what is to blame. */
export const blameResult = z.strictObject({ cause: z.enum(blamed), failed: count, share });
