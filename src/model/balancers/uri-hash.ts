/** URI hash: one item always comes to the same backend, while the backends are the same. */
import { balancer } from "./balancer.ts";
import { HashMap } from "./hashMap.ts";

export const uriHash = balancer({
  kind: "uri-hash",
  summary: "Sends all calls about one key to one backend, by the remainder of a hash.",
  source: "HAProxy: doc/configuration.txt (balance uri, hash-type map-based); nginx: hash $uri",
  notes:
    "Calls without a key take turns. A change of membership moves nearly every key; consistent-hash moves few.",
  options: {},
  create: () => new HashMap(({ key }) => key),
});
