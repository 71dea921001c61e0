import { isObservable } from 'rxjs';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { filterTimetable } from '../timetables/filter-timetable.js';
import { createTrigger, planOf } from './trigger.js';
import type { Trigger } from './trigger.js';

/**
 * Leaves out the fires that a predicate refuses: holidays, anything outside business hours.
 *
 * Other than RxJS's `filter` it knows in advance: `nextRunTime` is that of the next fire that is taken, and the trigger stays a
 * trigger. It refuses instants, not the state of the world; for that, decide inside the job.
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
 * @param trigger a trigger on the wall clock.
 * `maxRuns` of the trigger counts the fires that are taken.
 *
 * @param predicate told the instant in epoch ms; true takes it. 100,000 refused in a row fail the trigger.
 * @throws InvalidTriggerError when it is given no trigger, one on the elapsed axis, or no function.
 */
export function filterTrigger(trigger: Trigger, predicate: (time: number) => boolean): Trigger {
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan?.timetable.axis !== 'wall')
    throw new InvalidTriggerError('filterTrigger(trigger)', plan?.type ?? trigger, 'a trigger on the wall clock');
  if (typeof predicate !== 'function')
    throw new InvalidTriggerError('filterTrigger(predicate)', predicate, 'a function of the instant in epoch ms');
  return createTrigger(plan.type, filterTimetable(plan.timetable, predicate), plan.given, plan.defaults);
}
