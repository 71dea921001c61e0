import { InvalidOptionError } from './invalid-option-error.js';

/** The value if it fits or is left out; else an error that names the place and what is allowed. */
export function checked<T>(place: string, value: T | undefined, fits: (value: T) => boolean, allowed: string): T | undefined {
  if (value !== undefined && !fits(value)) throw new InvalidOptionError(place, value, allowed);
  return value;
}

/** The same for a value that is one of a few words. */
export function oneOf<T extends string>(place: string, value: T | undefined, allowed: readonly T[]): T | undefined {
  return checked(place, value, (one) => allowed.includes(one), allowed.map((one) => `'${one}'`).join(' or '));
}

/** The same for a number that counts something and may be none. */
export function wholeFrom0(place: string, value: number | undefined): number | undefined {
  return checked(place, value, (one) => one === Infinity || (Number.isInteger(one) && one >= 0), 'a whole number from 0');
}

/** The same for a number that counts something; Infinity is no limit. */
export function wholeFrom1(place: string, value: number | undefined): number | undefined {
  return checked(place, value, (one) => one === Infinity || (Number.isInteger(one) && one >= 1), 'a whole number from 1');
}
