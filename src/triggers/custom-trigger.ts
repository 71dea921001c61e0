import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { CustomDefinition } from '../model/trigger-definition.js';
import type { TimetableSource } from '../timetables/custom-timetable.js';
import { customTimetable, isTimetableSource, sourceOf } from '../timetables/custom-timetable.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerOptions } from './trigger.js';
import { checkTriggerOptions, commonDefinition, createTrigger, nameOption } from './trigger.js';

/** Options of {@link customTrigger}. */
export interface CustomOptions extends TriggerOptions {
  /**
   * The name of the source in the definition of the trigger.
   *
   * @default none: the trigger has no definition
   */
  readonly name?: string | undefined;
}

/**
 * Fires at the instants that your own code returns.
 *
 * If the source has a state, pass a factory: every subscription then gets its own source. An answer that is not later than the argument
 * fails this trigger only. For events that cannot be predicted, use any Observable as the trigger of a job.
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
 * @param source `{ next(after), axis? }`, or a function that creates one.
 * @param options the name of the source, and options of every trigger.
 * @returns a trigger on the axis of the source: `'wall'` (epoch ms) by default.
 * @throws InvalidTriggerError if the source has no method `next`, or an unknown axis.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @see the manual, "Create New Trigger Types", for the Python version
 */
export function customTrigger(source: TimetableSource | (() => TimetableSource), options: CustomOptions = {}): Trigger {
  checkTriggerOptions('customTrigger', options, ['name']);
  const made = sourceOf(source);
  if (!isTimetableSource(made)) {
    throw new InvalidTriggerError('customTrigger(source)', made, 'an object with a method next(after), or a function that returns one');
  }
  const axis: unknown = made.axis;
  if (axis !== undefined && axis !== 'wall' && axis !== 'elapsed') {
    throw new InvalidTriggerError('customTrigger(source.axis)', axis, "'wall' or 'elapsed'");
  }
  const name = nameOption('customTrigger(options.name)', options.name);
  return createTrigger('custom', customTimetable(source), options, { type: 'custom', name, ...commonDefinition(options) });
}

/** Reads the definition of a {@link customTrigger}. */
export const customReader: DefinitionReader<CustomDefinition> = {
  fields: ['name', 'maxRuns', 'misfire'],
  read: ({ name, ...options }, { clock, custom }) => customTrigger(custom(name) as () => TimetableSource, { ...options, name, clock }),
};
