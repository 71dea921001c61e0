import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { timestampsTimetable } from '../timetables/timestamps-timetable.js';
import { checkTriggerOptions, createTrigger } from './trigger.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';

/** None of them may be left out. */
const FRAMES: TriggerDefaults = { misfire: 'all', overlap: 'queue', whilePaused: 'freeze', spaced: false };

/**
 * Fires at given moments after its start: animations, timed sequences, replays.
 *
 * It stands on the elapsed axis: a pause freezes it, so that no moment is lost and none comes early. `fire.index` is the
 * position in the sorted list. When late, each missed moment still fires, in order, the newest 100 at most.
 *
 * ```text
 * timestampTrigger([0, 500, 1000, 2000])     0----1----2---------3|
 * paused from 0.7 s to 1.7 s                 0----1-..........---2---------3|
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { timestampTrigger } from 'extended-scheduler';
 *
 * timestampTrigger([0, 500, 1000, 2000]).subscribe({
 *   next: (fire) => console.log(`frame ${fire.index}`),
 *   complete: () => console.log('done'),
 * });
 * // Logs:
 * // frame 0
 * // frame 1
 * // frame 2
 * // frame 3
 * // done
 * ```
 *
 * @param timestamps ms after the start, from 0, in any order; equal ones are one. An empty list completes at once.
 * @throws InvalidTriggerError when one of them is negative, not finite or no number.
 * @throws InvalidOptionError when an option is unknown or not what it must be.
 * @see the manual, "TimestampTrigger"
 */
export function timestampTrigger(timestamps: readonly number[], options: TriggerOptions = {}): Trigger {
  checkTriggerOptions('timestampTrigger', options);
  if (!Array.isArray(timestamps)) throw new InvalidTriggerError('timestampTrigger(timestamps)', timestamps, 'an array of ms');
  const wrong = timestamps.findIndex((timestamp) => !isTimestamp(timestamp)); // other than forEach it sees holes
  if (wrong >= 0)
    throw new InvalidTriggerError(`timestampTrigger(timestamps[${String(wrong)}])`, timestamps[wrong], 'a finite number of ms from 0');
  return createTrigger('timestamp', timestampsTimetable(timestamps), options, FRAMES);
}

function isTimestamp(timestamp: unknown): boolean {
  return typeof timestamp === 'number' && timestamp >= 0 && timestamp < Infinity;
}
