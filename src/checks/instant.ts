import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { InstantLike } from '../model/instant.js';
import { epochMs } from '../model/instant.js';

const ALLOWED = 'a valid Date, a finite number of epoch ms or { epochMilliseconds }';

/** Converts an instant from an option to epoch ms. @throws InvalidOptionError if it is not an instant. */
export function instantOption(place: string, instant: InstantLike): number {
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new InvalidOptionError(place, instant, ALLOWED);
  return ms;
}

/** Converts the instant that a trigger was created with to epoch ms. @throws InvalidTriggerError if it is not an instant. */
export function instantArgument(place: string, instant: InstantLike): number {
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new InvalidTriggerError(place, instant, ALLOWED);
  return ms;
}
