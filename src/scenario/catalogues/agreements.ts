/** Published service level agreements: what part of a month's bill is given back, by availability. */

export interface Tier {
  /** Availability of the month under which it is given [0 to 1]. */
  readonly below: number;
  /** Share of the month's bill [0 to 1]. */
  readonly credit: number;
}

export interface Agreement {
  /** What it is and of which day, for reports. */
  readonly title: string;
  readonly tiers: readonly Tier[];
}

const fourNines: readonly Tier[] = [
  { below: 0.9999, credit: 0.1 },
  { below: 0.99, credit: 0.3 },
  { below: 0.95, credit: 1 },
];

export const agreements = {
  "aws-ec2-region": {
    title: "AWS Compute SLA, region level, text of May 2022",
    tiers: fourNines,
  },
  "aws-elb": {
    title: "AWS Elastic Load Balancing SLA, several zones, text of July 2022",
    tiers: fourNines,
  },
  "aws-s3": {
    title: "AWS S3 SLA, standard storage, text of July 2019",
    tiers: [
      { below: 0.999, credit: 0.1 },
      { below: 0.99, credit: 0.25 },
      { below: 0.95, credit: 1 },
    ],
  },
} as const satisfies Record<string, Agreement>;

export type AgreementName = keyof typeof agreements;
