/** On-demand prices of Amazon Web Services in Northern Virginia. */
import { sizesOf, type Catalogue } from "./catalogue.ts";

export const awsUsEast1: Catalogue = {
  name: "aws-us-east-1",
  title:
    "AWS us-east-1 on demand, Linux, EC2 as of 2026-01-19 (m7g June 2026), RDS MySQL single-AZ and ElastiCache as of 2025",
  currency: "USD",
  minimumSeconds: 60,
  source:
    "aws/karpenter-provider-aws, pkg/providers/pricing/zz_generated.pricing_aws.go (EC2); public price tables (RDS, ElastiCache)",
  types: new Map([
    ...sizesOf("m5", { perHour: 0.096, cores: 2 }),
    ...sizesOf("m6a", { perHour: 0.0864, cores: 2 }),
    ...sizesOf("m6g", { perHour: 0.077, cores: 2 }),
    ...sizesOf("m7g", { perHour: 0.0816, cores: 2 }),
    ...sizesOf("c5", { perHour: 0.085, cores: 2 }),
    ...sizesOf("c6g", { perHour: 0.068, cores: 2 }),
    ...sizesOf("c7g", { perHour: 0.0725, cores: 2 }),
    ...sizesOf("c7i", { perHour: 0.08925, cores: 2 }),
    ...sizesOf("r5", { perHour: 0.126, cores: 2 }),
    ...sizesOf("i3", { perHour: 0.156, cores: 2 }),
    ["t3.micro", { perHour: 0.0104, cores: 2 }],
    ["t3.small", { perHour: 0.0208, cores: 2 }],
    ["t3.medium", { perHour: 0.0416, cores: 2 }],
    ["t3.large", { perHour: 0.0832, cores: 2 }],
    ["db.t3.medium", { perHour: 0.068, cores: 2 }],
    ...sizesOf("db.m5", { perHour: 0.171, cores: 2 }),
    ...sizesOf("db.r5", { perHour: 0.24, cores: 2 }),
    ...sizesOf("db.r6g", { perHour: 0.215, cores: 2 }),
    ["cache.t3.micro", { perHour: 0.017, cores: 2 }],
    ...sizesOf("cache.m5", { perHour: 0.156, cores: 2 }),
    ...sizesOf("cache.m6g", { perHour: 0.149, cores: 2 }),
    ...sizesOf("cache.r5", { perHour: 0.216, cores: 2 }),
  ]),
};
