import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { customTimetable, isTimetableSource, sourceOf } from '../timetables/custom-timetable.js';
import type { TimetableSource } from '../timetables/custom-timetable.js';
import { checkTriggerOptions, createTrigger } from './trigger.js';
import type { Trigger, TriggerOptions } from './trigger.js';

/**
 * Fires when your own code says: one method that tells the next instant.
 *
 * Give a factory where the source keeps a state, so that every subscription has its own. An answer that is not later than what
 * was asked about fails this trigger, and nothing else. For events that nobody can foretell, use any Observable as a job's trigger.
 *
 * ## Example
 *
 * ```ts
 * import { customTrigger } from 'extended-scheduler';
 *
 * const doubling = customTrigger(() => {
 *   let delayMs = 500;
 *   return { axis: 'elapsed', next: (after) => after + (delayMs *= 2) };
 * }, { maxRuns: 3 });
 *
 * const start = Date.now();
 * doubling.subscribe((fire) => console.log(Math.round((fire.scheduledAt - start) / 1000)));
 * // Logs:
 * // 1
 * // 3
 * // 7
 * ```
 *
 * @param source `{ next(after), axis? }`, or a function that makes one; `axis` is `'wall'` (epoch ms) unless told.
 * @throws InvalidTriggerError when the source has no `next` method, or an unknown axis.
 * @throws InvalidOptionError when an option is unknown or not what it must be.
 * @see the manual, "Create New Trigger Types"
 */
export function customTrigger(source: TimetableSource | (() => TimetableSource), options: TriggerOptions = {}): Trigger {
  checkTriggerOptions('customTrigger', options);
  const made = sourceOf(source);
  if (!isTimetableSource(made)) {
    throw new InvalidTriggerError('customTrigger(source)', made, 'an object with a method next(after), or a function that returns one');
  }
  const axis: unknown = made.axis;
  if (axis !== undefined && axis !== 'wall' && axis !== 'elapsed') {
    throw new InvalidTriggerError('customTrigger(source.axis)', axis, "'wall' or 'elapsed'");
  }
  return createTrigger('custom', customTimetable(source), options);
}
