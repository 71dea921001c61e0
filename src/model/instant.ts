/** A point in time: a `Date`, a number of epoch **milliseconds**, or an object with `epochMilliseconds`, such as a `Temporal.Instant`. */
export type InstantLike = Date | number | { readonly epochMilliseconds: number };

/** The last instant that a `Date` can hold, in epoch ms. */
const LAST_INSTANT = 8.64e15;

/** Converts an instant to epoch ms. @returns NaN if the value is not an instant, or lies outside the range of `Date`. */
export function epochMs(instant: InstantLike): number {
  if (typeof instant === 'number') return isInRange(instant) ? instant : NaN;
  if (typeof instant !== 'object' || (instant as unknown) === null) return NaN;
  // not instanceof: another realm or a faked clock has a Date class of its own
  const isDate = 'getTime' in instant && typeof instant.getTime === 'function';
  const ms: unknown = isDate ? instant.getTime() : (instant as { epochMilliseconds?: unknown }).epochMilliseconds;
  return typeof ms === 'number' && isInRange(ms) ? ms : NaN;
}

/** An instant in ISO format, or as a number of ms if it lies outside the range of `Date`. */
export function instantText(instant: number): string {
  return isInRange(instant) ? new Date(instant).toISOString() : `${String(instant)} ms`;
}

function isInRange(ms: number): boolean {
  return Math.abs(ms) <= LAST_INSTANT;
}
