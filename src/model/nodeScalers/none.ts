/** No node scaler: the nodes there are at the start are all there are. */
import { nodeScaler } from "./nodeScaler.ts";

export const none = nodeScaler({
  kind: "none",
  summary: "Never launches or removes a node: pods that find no room stay pending.",
  usual: true,
  options: {},
  most: () => 0,
  create: () => {},
});
