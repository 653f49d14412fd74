/** What one instance is made of, where a fleet is given larger or smaller ones than it began with. */
export interface Shape {
  /** Instance type, as the price catalogue names it; null for a pod, or for what costs nothing. */
  readonly type: string | null;
  /** [vCPU] */
  readonly cores: number;
  /** Calls it works on at once [calls]. */
  readonly slots: number;
}
