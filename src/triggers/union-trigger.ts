import { isObservable } from 'rxjs';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { unionTimetable } from '../timetables/union-timetable.js';
import { createTrigger, planOf } from './trigger.js';
import type { Trigger, TriggerDefaults, TriggerPlan } from './trigger.js';

/**
 * Fires whenever any of several triggers would, and each instant once.
 *
 * Use it where one job has several schedules, as "weekdays at 9, and on the first of the month"; to merge fires of
 * independent triggers, instants that coincide included, use RxJS's `merge`.
 *
 * It misses as little as the most careful of its children: late occurrences are replayed if one replays them (`misfire: 'all'`),
 * fires wait if one of them queues, and what came due in a pause is caught up if one catches up. It has no options; its job has.
 *
 * ```text
 * a         --0--1--2--3
 * b         ---0--1|
 * union     --01-23-4--5
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { intervalTrigger, nextFireTimes, unionTrigger } from 'extended-scheduler';
 *
 * const either = unionTrigger(intervalTrigger(2000), intervalTrigger(3000));
 * console.log(nextFireTimes(either, { from: 0, count: 5 }));
 * // Logs:
 * // [ 2000, 3000, 4000, 6000, 8000 ]
 * ```
 *
 * @param triggers one or more, all on the wall clock or all on elapsed time, none with `maxRuns`: limit the job instead.
 * @throws InvalidTriggerError when there is none, or one that is no trigger, has `maxRuns` or stands on the other axis.
 */
export function unionTrigger(...triggers: readonly Trigger[]): Trigger {
  const plans = triggers.map((trigger, index) => checkedChild(trigger, `unionTrigger(triggers[${String(index)}])`));
  const [first] = plans;
  if (first === undefined) throw new InvalidTriggerError('unionTrigger(triggers)', triggers, 'at least one trigger');
  const { axis } = first.timetable;
  plans.forEach((plan, index) => {
    if (plan.defaults.spaced)
      throw new InvalidTriggerError(`unionTrigger(triggers[${String(index)}])`, 'spaced: true', 'a trigger with a timetable of its own');
    if (plan.timetable.axis !== axis) {
      throw new InvalidTriggerError(
        `unionTrigger(triggers[${String(index)}])`,
        plan.type,
        `a trigger on the '${axis}' axis, as the first is`,
      );
    }
  });
  const timetable = unionTimetable(
    plans.map((plan) => plan.timetable),
    axis,
  );
  const wishes = plans.map(({ defaults, given }) => ({ ...defaults, misfire: given.misfire ?? defaults.misfire }));
  const [defaults = first.defaults] = wishes;
  const wanted = <Name extends keyof TriggerDefaults>(name: Name, value: TriggerDefaults[Name]): TriggerDefaults[Name] | undefined =>
    wishes.some((wish) => wish[name] === value) ? value : undefined;
  // the most careful of what they want: a one-time that is caught up alone is not lost in company
  const careful: TriggerDefaults = {
    misfire: wanted('misfire', 'all') ?? wanted('misfire', 'once') ?? defaults.misfire,
    overlap: wanted('overlap', 'queue') ?? defaults.overlap,
    whilePaused: wanted('whilePaused', 'catch-up') ?? defaults.whilePaused,
    spaced: false,
  };
  const clock = plans.find((plan) => plan.given.clock !== undefined)?.given.clock;
  return createTrigger('union', timetable, { clock }, careful);
}

function checkedChild(trigger: Trigger, place: string): TriggerPlan {
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan === undefined) throw new InvalidTriggerError(place, trigger, 'a trigger of this package (after .pipe() it is none)');
  const { maxRuns = Infinity } = plan.given;
  if (maxRuns !== Infinity)
    throw new InvalidTriggerError(place, `maxRuns: ${String(maxRuns)}`, 'a trigger without maxRuns: limit the job instead');
  return plan;
}
