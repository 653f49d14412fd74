/** Source hash: a client always comes to the same backend, while the backends are the same. */
import { balancer } from "./balancer.ts";
import { HashMap } from "./hashMap.ts";

export const sourceHash = balancer({
  kind: "source-hash",
  summary: "Sends all calls of one client to one backend, by the remainder of a hash.",
  source: "HAProxy: doc/configuration.txt (balance source, hash-type map-based); nginx: ip_hash",
  notes:
    "The key stands for the client where clients are not told apart; calls with neither take turns. A change of membership moves nearly every client.",
  options: {},
  create: () => new HashMap(({ source }) => source),
});
