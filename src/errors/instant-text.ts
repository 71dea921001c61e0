/** The furthest instant that a `Date` can hold, in epoch ms. */
const FURTHEST = 8.64e15;

/** An instant in ISO form; one that no `Date` holds as a number of ms. */
export function instantText(instant: number): string {
  return Math.abs(instant) <= FURTHEST ? new Date(instant).toISOString() : `${String(instant)} ms`;
}
