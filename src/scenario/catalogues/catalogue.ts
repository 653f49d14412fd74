/** A dated list of what machines cost and what is in them. */

export interface InstanceType {
  /** On demand, by the hour, in the catalogue's currency. */
  readonly perHour: number;
  /** Virtual CPUs [cores]. */
  readonly cores: number;
}

export interface Catalogue {
  /** The word a scenario names it by. */
  readonly name: string;
  /** What it is and of which day, for reports. */
  readonly title: string;
  readonly currency: string;
  /** Least time an instance is billed for [s]. */
  readonly minimumSeconds: number;
  readonly source: string;
  readonly types: ReadonlyMap<string, InstanceType>;
}

/** Sizes of one family, each twice the one before, at prices in proportion, to the millionth as lists have them. */
export function sizesOf(family: string, large: InstanceType): [string, InstanceType][] {
  const sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"];
  return sizes.map((size, index) => {
    const times = 2 ** index;
    const perHour = Number((large.perHour * times).toFixed(6));
    return [`${family}.${size}`, { perHour, cores: large.cores * times }];
  });
}
