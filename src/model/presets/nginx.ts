import { preset } from "./preset.ts";

export const nginx = preset({
  kind: "nginx 1.31",
  part: "load-balancer",
  summary: "nginx with an upstream block that names its servers and says no more.",
  source:
    "nginx 1.31: src/http/ngx_http_upstream_round_robin.c, src/http/modules/ngx_http_proxy_module.c",
  notes:
    "A call that was refused, lost or timed out goes to the next server until each has had it once. The timeout stands for proxy_connect_timeout and proxy_read_timeout; the latter is between two reads, so a slow but steady answer may take longer in the product.",
  settings: {
    balancer: "smooth-weighted-round-robin",
    "health-check": "none",
    "passive-check": { kind: "max-fails", fails: 1, "fail-timeout": "10 s" },
    timeout: "60 s",
    tries: 100,
  },
});
