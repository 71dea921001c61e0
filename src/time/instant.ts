/** A point in time: a `Date`, a number of epoch **milliseconds**, or anything with `epochMilliseconds` (a `Temporal.Instant`). */
export type InstantLike = Date | number | { readonly epochMilliseconds: number };

/** The furthest instant that a `Date` can hold, in epoch ms. */
const FURTHEST = 8.64e15;

/** The instant in epoch ms, or NaN where it is none (an invalid Date, a number that is not finite or beyond what a Date holds). */
export function epochMs(instant: InstantLike): number {
  if (typeof instant === 'number') return Math.abs(instant) <= FURTHEST ? instant : NaN;
  if (typeof instant !== 'object' || (instant as unknown) === null) return NaN;
  // by its method, not instanceof: a Date of another realm or of a faked clock is a Date as well
  const isDate = 'getTime' in instant && typeof instant.getTime === 'function';
  const ms: unknown = isDate ? instant.getTime() : (instant as { epochMilliseconds?: unknown }).epochMilliseconds;
  return typeof ms === 'number' && Math.abs(ms) <= FURTHEST ? ms : NaN;
}
