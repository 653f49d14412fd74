import { oneOfOrWord, type Spec } from "../../schema/definition.ts";
import { active } from "./active.ts";
import { consul } from "./consul.ts";
import { corosync } from "./corosync.ts";
import { etcdLease } from "./etcd-lease.ts";
import { kubernetesNode } from "./kubernetes-node.ts";
import { lease } from "./lease.ts";
import { none } from "./none.ts";
import { zookeeperSession } from "./zookeeper-session.ts";

/** Every way of finding out which instances answer. A new one is its own file and a line here. */
export const detectors = [
  active,
  lease,
  kubernetesNode,
  zookeeperSession,
  etcdLease,
  consul,
  corosync,
  none,
] as const;

export const detectorSchema = oneOfOrWord(detectors);
export type DetectorSpec = Spec<typeof detectors>;
