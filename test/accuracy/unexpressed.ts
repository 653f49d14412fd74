/**
 * What is known and cannot be said in a scenario, with the reason. Told in the report, so that
 * nobody takes silence for agreement.
 */
export interface Unexpressed {
  readonly what: string;
  readonly reason: string;
}

export const unexpressed: readonly Unexpressed[] = [
  {
    what: "M/M/1 from empty: the mean wait of the first 25 customers, 2.124 s at 90 %",
    reason:
      "A run ends at a time, not with a customer. The case mm1-first-arrivals asks the same of all who come in the first 25 s.",
  },
  {
    what: "Mean slowdown under processor sharing: 5 at 80 %",
    reason: "A Result tells response times, not what each is a multiple of.",
  },
  {
    what: "Shares of time with 0, 1, 2, … calls present, as in limited processor sharing",
    reason: "A Result tells means and largest values of the number present, not its law.",
  },
  {
    what: "A poller that sleeps whenever its queue is empty: Pollaczek and Khinchine plus half a sleep",
    reason: "A service here works as soon as there is work.",
  },
  {
    what: "A server that is switched off when idle and must be set up again: M/M/1 plus one set-up",
    reason: "Fleets are sized by autoscalers at intervals, not by the last call that leaves.",
  },
  {
    what: "Buckets of an HDR histogram with three digits",
    reason: "Ours has 128 buckets to an octave: see histogram-resolution.",
  },
  {
    what: "Leaves and roots of one published service: 10 ms and 140 ms at the 99th percentile",
    reason: "A measurement of correlated leaves, not a law.",
  },
];
