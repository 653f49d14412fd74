import { preset } from "./preset.ts";

export const envoy = preset({
  kind: "envoy",
  part: "load-balancer",
  summary: "Envoy with outlier detection switched on and everything else left alone.",
  source:
    "Envoy: envoy/config/cluster/v3/{cluster,outlier_detection}.proto, envoy/config/route/v3/route_components.proto",
  notes:
    "Read in January 2026. Active checks have no defaults in the product and are off; retries are none unless a route asks for them. With fewer than ten backends the limit of 10 % ejects nobody.",
  settings: {
    balancer: "smooth-weighted-round-robin",
    "health-check": "none",
    "passive-check": {
      kind: "outlier-detection",
      consecutive: 5,
      interval: "10 s",
      "base-ejection": "30 s",
      "max-ejection": "300 s",
      "max-ejected": "10 %",
    },
    "panic-below": "50 %",
    timeout: "15 s",
    tries: 1,
  },
});
