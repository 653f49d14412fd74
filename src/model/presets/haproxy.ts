import { preset } from "./preset.ts";

export const haproxy = preset({
  kind: "haproxy 3.5",
  part: "load-balancer",
  summary: "HAProxy with `check` on every server line and no other word about it.",
  source: "HAProxy 3.5-dev: doc/configuration.txt (balance, check, inter, fall, rise, retries)",
  notes:
    "Random with two draws is the default since 3.3, round robin before. A connection that fails is retried on the same server by default, which finds it as dead as before, so there is one try here; with `option redispatch` write tries: 2. There is no default timeout: the product warns of it.",
  settings: {
    balancer: { kind: "power-of-choices", choices: 2, replacement: true },
    "health-check": { kind: "active", interval: "2 s", timeout: "2 s", fall: 3, rise: 2 },
    tries: 1,
  },
});
