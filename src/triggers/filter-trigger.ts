import { isObservable } from 'rxjs';
import { checkKeys } from '../checks/check.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { FilterDefinition } from '../model/trigger-definition.js';
import { filterTimetable } from '../timetables/filter-timetable.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger } from './trigger.js';
import { createTrigger, nameOption, planOf } from './trigger.js';

/** Options of {@link filterTrigger}. */
export interface FilterOptions {
  /**
   * The name of the predicate in the definition of the trigger.
   *
   * @default none: the trigger has no definition
   */
  readonly name?: string | undefined;
}

/**
 * Drops the fires that a predicate rejects: holidays, or times outside business hours.
 *
 * Unlike `filter` of RxJS, the result is a trigger: `nextRunTime` is that of the next accepted fire. The predicate decides about
 * instants. For decisions about the present state of something, use the option `when` or decide inside the job.
 *
 * ## Example
 *
 * ```ts
 * import { cronTrigger, filterTrigger, nextFireTimes } from 'extended-scheduler';
 *
 * const holidays = new Set(['2026-12-25']);
 * const workdays = filterTrigger(cronTrigger('0 9 * * MON-FRI'), (time) => !holidays.has(new Date(time).toISOString().slice(0, 10)));
 * console.log(nextFireTimes(workdays, { from: Date.UTC(2026, 11, 24, 12), count: 1 }).map((time) => new Date(time).toISOString()));
 * // Logs:
 * // [ '2026-12-28T09:00:00.000Z' ]
 * ```
 *
 * @param trigger a trigger on the wall axis. Its `maxRuns` counts accepted fires.
 * @param predicate gets the instant in epoch ms, and returns true to accept it. 100,000 rejected in a row fail the trigger.
 * @param options the name of the predicate.
 * @returns a trigger of the same type.
 * @throws InvalidTriggerError if the trigger is not one or is on the elapsed axis, or if the predicate is not a function.
 * @throws InvalidOptionError if an option is unknown or not valid.
 */
export function filterTrigger(trigger: Trigger, predicate: (time: number) => boolean, options: FilterOptions = {}): Trigger {
  checkKeys('filterTrigger(options)', options, ['name']);
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan?.timetable.axis !== 'wall')
    throw new InvalidTriggerError('filterTrigger(trigger)', plan?.type ?? trigger, 'a trigger on the wall axis');
  if (typeof predicate !== 'function')
    throw new InvalidTriggerError('filterTrigger(predicate)', predicate, 'a function of the instant in epoch ms');
  const name = nameOption('filterTrigger(options.name)', options.name);
  const definition: FilterDefinition = { type: 'filter', name, trigger: plan.definition };
  return createTrigger(plan.type, filterTimetable(plan.timetable, predicate), plan.given, definition, plan.defaults);
}

/** Reads the definition of a {@link filterTrigger}. */
export const filterReader: DefinitionReader<FilterDefinition> = {
  fields: ['name', 'trigger'],
  read: ({ name, trigger }, { custom, inner }) =>
    filterTrigger(inner('trigger', trigger), custom(name) as (time: number) => boolean, { name }),
};
