import { preset } from "./preset.ts";

export const awsAlb = preset({
  kind: "aws-alb",
  part: "load-balancer",
  summary: "An AWS Application Load Balancer with a target group as it is created.",
  source:
    "AWS: Application Load Balancers user guide, target-group-health-checks and load-balancer-target-groups",
  notes:
    "When every target is unhealthy it sends to all of them. A new target needs one good check before its first call. The deregistration delay of 300 s is the fleet's drain-timeout.",
  settings: {
    balancer: "round-robin",
    "health-check": {
      kind: "active",
      interval: "30 s",
      timeout: "5 s",
      fall: 2,
      rise: 5,
      newcomers: "checked",
    },
    "panic-below": "0.001 %",
    timeout: "60 s",
    tries: 1,
  },
});
