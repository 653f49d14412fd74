import { preset } from "./preset.ts";

export const haproxy = preset({
  kind: "haproxy 3.5",
  part: "load-balancer",
  summary: "HAProxy with `check` on every server line and no other word about it.",
  source:
    "HAProxy 3.5-dev: doc/configuration.txt (balance, check, inter, fall, rise, retries, option redispatch); src/stream.c",
  notes:
    "Random with two draws is the default since 3.3, round robin before. A connection that fails is tried three more times on the same server, a second apart (retries, and the wait of timeout connect or one second, whichever is less). With `option redispatch` write retry: { to: next } or, for hashes and sticky sessions, retry: { to: same-then-next }: the product then leaves the server at once unless the choice is determinate. There is no default timeout: the product warns of it.",
  settings: {
    balancer: { kind: "power-of-choices", choices: 2, replacement: true },
    "health-check": { kind: "active", interval: "2 s", timeout: "2 s", fall: 3, rise: 2 },
    tries: 4,
    retry: { to: "same", wait: "1 s", on: "refused" },
  },
});
