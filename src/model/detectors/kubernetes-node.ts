/** How Kubernetes finds out that a node is dead, as the endpoints of a service see it. */
import { duration } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { LeaseCheck } from "./leaseCheck.ts";

export const kubernetesNode = detector({
  kind: "kubernetes-node",
  summary: "A node renews its lease; when it has run out the pods on it leave the endpoints.",
  source:
    "Kubernetes documentation, Nodes; kube-controller-manager flags node-monitor-period and node-monitor-grace-period",
  notes:
    "An instance stands for a node with its pods: it is out 30 to 45 s after its death. Pods are evicted 300 s after that, which is a `replace-after` of 340 s of the fleet.",
  oblivious: true,
  options: {
    "lease-renewal": duration("How often the kubelet renews the lease.", { min: 1 }).prefault(
      "10 s",
    ),
    "grace-period": duration("How long a node may be silent.", { min: 1 }).prefault("40 s"),
    "monitor-period": duration("How often the controller looks.", { min: 1 }).prefault("5 s"),
  },
  create: (options, { agenda }) =>
    new LeaseCheck(
      {
        heartbeat: options["lease-renewal"],
        ttl: options["grace-period"],
        check: options["monitor-period"],
      },
      agenda,
    ),
});
