/** One due occurrence, or one group of late ones. */
export interface Fire {
  /** Its ordinal, from 0; for timestamps its position in the sorted list. */
  readonly index: number;
  /** The instant at which it was due, in epoch ms. */
  readonly scheduledAt: number;
  /** The instant at which it came, in epoch ms; the difference is how late it is. */
  readonly firedAt: number;
  /** How many other occurrences were folded into this one because they came due together; 1,000 means that many or more. */
  readonly missedCount: number;
  /** What the trigger emitted, where it is a plain Observable. */
  readonly value?: unknown;
}
