import { InvalidOptionError } from './invalid-option-error.js';

/** The options if they are a plain object: one of a class hides its options from a copy. */
export function checkedObject<T extends object>(place: string, options: T, allowed?: string): T {
  if (isPlain(options)) return options;
  throw new InvalidOptionError(place, options, allowed ?? (isObject(options) ? 'a plain object' : 'an object'));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether it was written as `{ … }`, in this realm or another: its prototype is null, or has none itself. */
function isPlain(value: unknown): boolean {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Refuses options that are not a plain object, and unknown names. */
export function checkKeys(place: string, options: object, known: readonly string[], also: readonly string[] = [], allowed?: string): void {
  for (const name of Object.keys(checkedObject(place, options, allowed))) {
    if (known.includes(name) || also.includes(name) || (options as Record<string, unknown>)[name] === undefined) continue;
    throw new InvalidOptionError(place, name, `one of ${[...known, ...also].join(', ')}`);
  }
}

/** Those of the options that are given: undefined is not. */
export function givenOf<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** The flag if it is one or is left out. */
export function flag(place: string, value: boolean | undefined): boolean | undefined {
  return checked(place, value, (one) => typeof one === 'boolean', 'true or false');
}

/** The value if it fits or is left out; else an error that names the place and what is allowed. */
export function checked<T>(place: string, value: T | undefined, fits: (value: T) => boolean, allowed: string): T | undefined {
  if (value !== undefined && !fits(value)) throw new InvalidOptionError(place, value, allowed);
  return value;
}

/** The same for a value that is one of a few words. */
export function oneOf<T extends string>(place: string, value: T | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw new InvalidOptionError(place, value, allowed.map((one) => `'${one}'`).join(' or '));
}

/** The same for a number that counts something; Infinity is no limit. */
export function wholeFrom1(place: string, value: number | undefined): number | undefined {
  return checked(place, value, (one) => one === Infinity || (Number.isInteger(one) && one >= 1), 'a whole number from 1');
}

/** The same for a number that counts something and has a limit. */
export function wholeUpTo(most: number, place: string, value: number | undefined): number | undefined {
  const allowed = `a whole number from 1 to ${most.toLocaleString('en-US')}`;
  return checked(place, value, (one) => Number.isInteger(one) && one >= 1 && one <= most, allowed);
}

/** The same for a length of time in ms. */
export function finiteFrom0(place: string, value: number | undefined, more = ''): number | undefined {
  const allowed = `a finite number of ms from 0${more}`;
  return checked(place, value, (one) => typeof one === 'number' && one >= 0 && one < Infinity, allowed);
}
