import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { epochMs } from '../time/instant.js';
import type { InstantLike } from '../time/instant.js';

/** The bounds in epoch ms, infinite where they are left out. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Reads `startTime` and `endTime` of a trigger's options. */
export function bounds(
  place: string,
  options: { readonly startTime?: InstantLike | undefined; readonly endTime?: InstantLike | undefined },
): Bounds {
  const start = instantOption(`${place}(options.startTime)`, options.startTime) ?? -Infinity;
  const end = instantOption(`${place}(options.endTime)`, options.endTime) ?? Infinity;
  if (end < start) throw new InvalidOptionError(`${place}(options.endTime)`, options.endTime, 'an instant not before startTime');
  return { start, end };
}

const INSTANT = 'a valid Date, a finite number of epoch ms or { epochMilliseconds }';

/** The instant of an option in epoch ms, or undefined where it is left out. */
export function instantOption(place: string, instant: InstantLike | undefined): number | undefined {
  if (instant === undefined) return undefined;
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new InvalidOptionError(place, instant, INSTANT);
  return ms;
}

/** The instant of an argument in epoch ms. */
export function checkedInstant(place: string, instant: InstantLike): number {
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new InvalidTriggerError(place, instant, INSTANT);
  return ms;
}
