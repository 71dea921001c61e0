import { instantArgument } from '../checks/instant.js';
import type { InstantLike } from '../model/instant.js';
import type { OneTimeDefinition } from '../model/trigger-definition.js';
import { oneTimeTimetable } from '../timetables/one-time-timetable.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';
import { checkTriggerOptions, commonDefinition, createTrigger } from './trigger.js';

const ONCE: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'catch-up', spaced: false };

/**
 * Fires once, at an instant of the wall clock, and completes.
 *
 * An instant in the past fires at once. An instant during a pause fires on resume. Delays may have any length: a `setTimeout` of more than
 * 24.8 days would fire at once.
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
 * @param runAt a `Date`, epoch **ms** (`time.time()` of Python returns seconds), or a `Temporal.Instant`.
 * @param options options of every trigger.
 * @returns a trigger on the wall axis.
 * @throws InvalidTriggerError if `runAt` is not an instant.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @see the manual, "OneTimeTrigger", for the Python version
 */
export function oneTimeTrigger(runAt: InstantLike, options: TriggerOptions = {}): Trigger {
  checkTriggerOptions('oneTimeTrigger', options);
  const at = instantArgument('oneTimeTrigger(runAt)', runAt);
  return createTrigger('one-time', oneTimeTimetable(at), options, { type: 'one-time', runAt: at, ...commonDefinition(options) }, ONCE);
}

/** Reads the definition of a {@link oneTimeTrigger}. */
export const oneTimeReader: DefinitionReader<OneTimeDefinition> = {
  fields: ['runAt', 'maxRuns', 'misfire'],
  read: ({ runAt, ...options }, { clock }) => oneTimeTrigger(runAt, { ...options, clock }),
};
