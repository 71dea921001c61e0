import type { InstantLike } from '../model/instant.js';
import { oneTimeTimetable } from '../timetables/one-time-timetable.js';
import { instantArgument } from '../checks/instant.js';
import { checkTriggerOptions, createTrigger } from './trigger.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';

/** What comes due in a pause is late, not lost. */
const ONCE: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'catch-up', spaced: false };

/**
 * Fires once, at an instant of the wall clock, and completes.
 *
 * An instant that has passed fires at once, late. What comes due in a pause is caught up on resume. Delays of any length
 * are exact: a `setTimeout` of more than 24.8 days would fire at once, this does not.
 *
 * ## Example
 *
 * ```ts
 * import { oneTimeTrigger } from 'extended-scheduler';
 *
 * oneTimeTrigger(new Date('2001-01-01T00:00:00Z')).subscribe((fire) => console.log(fire.scheduledAt));
 * // Logs:
 * // 978307200000
 * ```
 *
 * @param runAt a `Date`, epoch **ms** (Python's `time.time()` gives seconds), or a `Temporal.Instant`.
 * @throws InvalidTriggerError when `runAt` is no instant.
 * @throws InvalidOptionError when an option is unknown or not what it must be.
 * @see the manual, "OneTimeTrigger"
 */
export function oneTimeTrigger(runAt: InstantLike, options: TriggerOptions = {}): Trigger {
  checkTriggerOptions('oneTimeTrigger', options);
  return createTrigger('one-time', oneTimeTimetable(instantArgument('oneTimeTrigger(runAt)', runAt)), options, ONCE);
}
