import { preset } from "./preset.ts";

export const ipvs = preset({
  kind: "ipvs",
  part: "load-balancer",
  summary: "Linux IPVS as ipvsadm sets it up, with keepalived's checks.",
  source:
    "Linux: net/netfilter/ipvs/ip_vs_wlc.c; ipvsadm (default scheduler wlc); keepalived: doc/man/man5/keepalived.conf.5.in (delay_loop, connect_timeout, retry, delay_before_retry), keepalived/check/check_data.c (forwarding method: NAT unless set)",
  notes:
    "It balances connections and neither waits for answers nor tries again. keepalived looks every minute unless told otherwise, so a dead server costs up to a minute of failures. Its forwarding is keepalived's, NAT; servers added with ipvsadm alone are routed to directly.",
  settings: {
    balancer: { kind: "weighted-least-connections", "inactive-for": "2 min" },
    "health-check": {
      kind: "active",
      interval: "60 s",
      "fast-interval": "3 s",
      timeout: "5 s",
      fall: 2,
      rise: 1,
    },
    tries: 1,
    forwarding: "nat",
  },
});
