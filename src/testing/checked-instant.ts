import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { epochMs } from '../time/instant.js';
import type { InstantLike } from '../time/instant.js';

/** The instant in epoch ms, or an error that names the place. */
export function checkedInstant(place: string, instant: InstantLike): number {
  const ms = epochMs(instant);
  if (Number.isFinite(ms)) return ms;
  throw new InvalidOptionError(place, instant, 'a valid Date, a number of epoch ms or { epochMilliseconds }');
}
