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
  const start = options.startTime === undefined ? -Infinity : checkedInstant(`${place}(options.startTime)`, options.startTime);
  const end = options.endTime === undefined ? Infinity : checkedInstant(`${place}(options.endTime)`, options.endTime);
  if (end < start) throw new InvalidTriggerError(`${place}(options.endTime)`, options.endTime, 'an instant not before startTime');
  return { start, end };
}

/** The instant in epoch ms, or an error that names the place. */
export function checkedInstant(place: string, instant: InstantLike): number {
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new InvalidTriggerError(place, instant, 'a valid Date, a finite number of epoch ms or { epochMilliseconds }');
  return ms;
}
