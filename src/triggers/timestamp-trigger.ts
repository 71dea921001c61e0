import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { TimestampDefinition } from '../model/trigger-definition.js';
import { timestampsTimetable } from '../timetables/timestamps-timetable.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';
import { checkTriggerOptions, commonDefinition, createTrigger } from './trigger.js';

const FRAMES: TriggerDefaults = { misfire: 'all', overlap: 'queue', whilePaused: 'freeze', spaced: false };

/**
 * Fires at given times after its start: for animations, timed sequences and replays.
 *
 * It is on the elapsed axis: a pause stops its time, so no fire is lost or early. `fire.index` is the position in the sorted list. When
 * it is late, every missed occurrence still fires, in order, up to the newest 100.
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
 * @param timestamps ms after the start, at least 0, in any order. Equal ones count once. An empty list completes at once.
 * @param options options of every trigger.
 * @returns a trigger on the elapsed axis.
 * @throws InvalidTriggerError if a timestamp is negative, not finite or not a number.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @see the manual, "TimestampTrigger", for the Python version
 */
export function timestampTrigger(timestamps: readonly number[], options: TriggerOptions = {}): Trigger {
  checkTriggerOptions('timestampTrigger', options);
  const isArray: boolean = Array.isArray(timestamps); // a type guard would turn the elements into any
  if (!isArray) throw new InvalidTriggerError('timestampTrigger(timestamps)', timestamps, 'an array of ms');
  const wrong = timestamps.findIndex((timestamp) => !isTimestamp(timestamp)); // unlike forEach, findIndex visits holes
  if (wrong >= 0)
    throw new InvalidTriggerError(`timestampTrigger(timestamps[${String(wrong)}])`, timestamps[wrong], 'a finite number of ms from 0');
  const timetable = timestampsTimetable(timestamps);
  const definition: TimestampDefinition = {
    type: 'timestamp',
    timestamps: Object.freeze([...new Set(timestamps)].sort((a, b) => a - b)),
    ...commonDefinition(options),
  };
  return createTrigger('timestamp', timetable, options, definition, FRAMES);
}

function isTimestamp(timestamp: unknown): boolean {
  return typeof timestamp === 'number' && timestamp >= 0 && timestamp < Infinity;
}

/** Reads the definition of a {@link timestampTrigger}. */
export const timestampReader: DefinitionReader<TimestampDefinition> = {
  fields: ['timestamps', 'maxRuns', 'misfire'],
  read: ({ timestamps, ...options }, { clock }) => timestampTrigger(timestamps, { ...options, clock }),
};
