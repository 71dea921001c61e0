import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { DurationLike } from '../model/duration.js';
import { durationMs } from '../model/duration.js';
import type { Place } from './place.js';

// All checks accept undefined: an option that is left out. They throw an InvalidOptionError that names the place and the allowed values.

/** Returns the options if they are a plain object. An instance of a class is not: a copy of it could miss options. */
export function checkedObject<T extends object>(place: string | Place, options: T, allowed?: string): T {
  if (isPlainObject(options)) return options;
  throw new InvalidOptionError(String(place), options, allowed ?? (isObject(options) ? 'a plain object' : 'an object'));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** True for `{ … }`, from any realm: its prototype is null or has no prototype itself. */
function isPlainObject(value: unknown): boolean {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Checks that the options are a plain object and have no unknown names. */
export function checkKeys(
  place: string | Place,
  options: object,
  known: readonly string[],
  also: readonly string[] = [],
  allowed?: string,
): void {
  for (const name of Object.keys(checkedObject(place, options, allowed))) {
    if (known.includes(name) || also.includes(name) || (options as Record<string, unknown>)[name] === undefined) continue;
    throw new InvalidOptionError(String(place), name, `one of ${[...known, ...also].join(', ')}`);
  }
}

/** A copy of the options without those that are undefined. */
export function givenOf<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Returns the value if `fits` accepts it. */
export function checked<T>(place: string | Place, value: T | undefined, fits: (value: T) => boolean, allowed: string): T | undefined {
  if (value !== undefined && !fits(value)) throw new InvalidOptionError(String(place), value, allowed);
  return value;
}

/** Returns the value if it is a boolean. */
export function flag(place: string | Place, value: boolean | undefined): boolean | undefined {
  return checked(place, value, (one) => typeof one === 'boolean', 'true or false');
}

/** Returns the value if it is one of the allowed words. */
export function oneOf<T extends string>(place: string | Place, value: T | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw new InvalidOptionError(String(place), value, allowed.map((one) => `'${one}'`).join(' or '));
}

/** Returns the value if it is a whole number of at least 1. Infinity means no limit. */
export function wholeFrom1(place: string | Place, value: number | undefined): number | undefined {
  return checked(place, value, (one) => one === Infinity || (Number.isInteger(one) && one >= 1), 'a whole number from 1');
}

/** Returns the value if it is a whole number from 1 to `max`. */
export function wholeUpTo(max: number, place: string | Place, value: number | undefined): number | undefined {
  const allowed = `a whole number from 1 to ${max.toLocaleString('en-US')}`;
  return checked(place, value, (one) => Number.isInteger(one) && one >= 1 && one <= max, allowed);
}

/** Returns the value if it is a finite number of ms from 0. */
export function finiteFrom0(place: string | Place, value: number | undefined, more = ''): number | undefined {
  const allowed = `a finite number of ms from 0${more}`;
  return checked(place, value, (one) => typeof one === 'number' && one >= 0 && one < Infinity, allowed);
}

/** Returns the duration in ms if it is finite and at least `min` ms. */
export function checkedDuration(place: string | Place, value: DurationLike, min: number): number {
  const ms = durationMs(value);
  checked(place, value, () => ms >= min && ms < Infinity, `a finite duration of at least ${String(min)} ms`);
  return ms;
}
