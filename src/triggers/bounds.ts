import { instantOption } from '../checks/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { InstantLike } from '../model/instant.js';

/** The bounds of a trigger in epoch ms, both inclusive. Infinite if they are not set. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

interface BoundsOptions {
  readonly startTime?: InstantLike | undefined;
  readonly endTime?: InstantLike | undefined;
}

/** The bounds for the definition of a trigger, without those that are not set. */
export function boundsDefinition({ start, end }: Bounds): { readonly startTime?: number; readonly endTime?: number } {
  return { ...(start !== -Infinity && { startTime: start }), ...(end !== Infinity && { endTime: end }) };
}

/** Reads the options `startTime` and `endTime` of a trigger factory. */
export function bounds(factory: string, { startTime, endTime }: BoundsOptions): Bounds {
  const start = startTime === undefined ? -Infinity : instantOption(`${factory}(options.startTime)`, startTime);
  const end = endTime === undefined ? Infinity : instantOption(`${factory}(options.endTime)`, endTime);
  if (end < start) throw new InvalidOptionError(`${factory}(options.endTime)`, endTime, 'an instant not before startTime');
  return { start, end };
}

/** Reads the option `since` of a trigger factory. */
export function sinceOption(factory: string, since: InstantLike | undefined): number | undefined {
  return since === undefined ? undefined : instantOption(`${factory}(options.since)`, since);
}
