/** Pay-as-you-go prices of Alibaba Cloud in Singapore. */
import { sizesOf, type Catalogue } from "./catalogue.ts";

export const alibabaApSoutheast1: Catalogue = {
  name: "alibaba-ap-southeast-1",
  title:
    "Alibaba Cloud ap-southeast-1 (Singapore) pay-as-you-go, Linux, ECS as of 2024-12-30, list of the Chinese site",
  currency: "CNY",
  minimumSeconds: 1,
  source:
    "cloudpilot-ai/karpenter-provider-alibabacloud, pkg/providers/pricing/initial-on-demand-prices.json of 2024-12-30, as read from the ECS price list of aliyun.com",
  types: new Map([
    ...sizesOf("ecs.g6", { perHour: 0.7209, cores: 2 }),
    ...sizesOf("ecs.c6", { perHour: 0.5429, cores: 2 }),
    ...sizesOf("ecs.r6", { perHour: 0.9078, cores: 2 }),
    ...sizesOf("ecs.g7", { perHour: 0.66954445, cores: 2 }),
    ...sizesOf("ecs.c7", { perHour: 0.54679465, cores: 2 }),
    ...sizesOf("ecs.r7", { perHour: 0.84808964, cores: 2 }),
    ...sizesOf("ecs.g8i", { perHour: 0.66954445, cores: 2 }),
    ...sizesOf("ecs.c8i", { perHour: 0.54679465, cores: 2 }),
    ...sizesOf("ecs.r8i", { perHour: 0.84808964, cores: 2 }),
  ]),
};
