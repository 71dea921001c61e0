/** One due occurrence, or one group of late ones. */
export interface Fire {
  /** Number of the fire, from 0. For timestamps it is the position in the sorted list. */
  readonly index: number;
  /** When it was due, in epoch ms. */
  readonly scheduledAt: number;
  /** When it was emitted, in epoch ms. The difference to `scheduledAt` is its lateness. */
  readonly firedAt: number;
  /** Number of other occurrences that came due together with this one and are part of this fire. 1,000 means 1,000 or more. */
  readonly missedCount: number;
  /** The value of a trigger that is a plain Observable. */
  readonly value?: unknown;
}
