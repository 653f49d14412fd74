import { oneOf, type Spec } from "../../schema/definition.ts";
import { cache } from "./cache.ts";
import { connectionPool } from "./connection-pool.ts";
import { database } from "./database.ts";
import { loadBalancer } from "./load-balancer.ts";
import { service } from "./service.ts";

/** Every kind of part. A new one is its own file and a line here. */
export const parts = [loadBalancer, service, cache, database, connectionPool] as const;

export const partSchema = oneOf(parts);
export type PartSpec = Spec<typeof parts>;
