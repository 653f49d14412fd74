/** Pay-as-you-go prices of Alibaba Cloud in Hangzhou; Shanghai, Beijing and Shenzhen cost the same. */
import { sizesOf, type Catalogue } from "./catalogue.ts";

export const alibabaCnHangzhou: Catalogue = {
  name: "alibaba-cn-hangzhou",
  title:
    "Alibaba Cloud cn-hangzhou (also Shanghai, Beijing, Shenzhen) pay-as-you-go, Linux, ECS as of 2024-12-30, list of the Chinese site",
  currency: "CNY",
  minimumSeconds: 1,
  source:
    "cloudpilot-ai/karpenter-provider-alibabacloud, pkg/providers/pricing/initial-on-demand-prices.json of 2024-12-30, as read from the ECS price list of aliyun.com",
  types: new Map([
    ...sizesOf("ecs.g6", { perHour: 0.5, cores: 2 }),
    ...sizesOf("ecs.g7", { perHour: 0.52325, cores: 2 }),
    ...sizesOf("ecs.c7", { perHour: 0.40769895, cores: 2 }),
    ...sizesOf("ecs.r7", { perHour: 0.69622125, cores: 2 }),
    ...sizesOf("ecs.g8i", { perHour: 0.52325, cores: 2 }),
    ...sizesOf("ecs.c8i", { perHour: 0.40769895, cores: 2 }),
    ...sizesOf("ecs.r8i", { perHour: 0.69622125, cores: 2 }),
    ...sizesOf("ecs.g8y", { perHour: 0.4, cores: 2 }),
    ...sizesOf("ecs.c8y", { perHour: 0.26693333, cores: 2 }),
    ...sizesOf("ecs.r8y", { perHour: 0.5425875, cores: 2 }),
    ["ecs.c6.large", { perHour: 0.39, cores: 2 }],
    ["ecs.c6.xlarge", { perHour: 0.78, cores: 4 }],
    ["ecs.c6.2xlarge", { perHour: 1.56, cores: 8 }],
    ["ecs.c6.4xlarge", { perHour: 3.12, cores: 16 }],
    ["ecs.c6.8xlarge", { perHour: 6.23, cores: 32 }],
    ["ecs.r6.large", { perHour: 0.66, cores: 2 }],
    ["ecs.r6.xlarge", { perHour: 1.33, cores: 4 }],
    ["ecs.r6.2xlarge", { perHour: 2.65, cores: 8 }],
    ["ecs.r6.4xlarge", { perHour: 5.3, cores: 16 }],
    ["ecs.r6.8xlarge", { perHour: 10.6, cores: 32 }],
  ]),
};
