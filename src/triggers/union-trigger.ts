import { isObservable } from 'rxjs';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { UnionDefinition } from '../model/trigger-definition.js';
import { unionTimetable } from '../timetables/union-timetable.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerDefaults, TriggerPlan } from './trigger.js';
import { createTrigger, planOf } from './trigger.js';

/**
 * Fires when any of several triggers would fire. Each instant counts once.
 *
 * Use it if one job has several schedules, such as "weekdays at 9, and on the first of the month". To merge the fires of independent
 * triggers, including equal instants, use `merge` of RxJS.
 *
 * Its defaults are the most careful ones of its triggers: it replays late occurrences if one of them does (`misfire: 'all'`), queues
 * fires if one of them does, and catches up after a pause if one of them does. It has no options. Set them on the job.
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
 * @param triggers one or more triggers on the same axis, without `maxRuns` and `spaced`. Limit the job instead.
 * @returns a trigger on that axis.
 * @throws InvalidTriggerError if there is no trigger, or if one is not a trigger, has `maxRuns` or `spaced`, or is on the other axis.
 */
export function unionTrigger(...triggers: readonly Trigger[]): Trigger {
  const plans = triggers.map((trigger, index) => checkedChild(trigger, `unionTrigger(triggers[${String(index)}])`));
  const [first] = plans;
  if (first === undefined) throw new InvalidTriggerError('unionTrigger(triggers)', triggers, 'at least one trigger');
  const { axis } = first.timetable;
  plans.forEach((plan, index) => {
    if (plan.defaults.spaced)
      throw new InvalidTriggerError(`unionTrigger(triggers[${String(index)}])`, 'spaced: true', 'a trigger without spaced: true');
    if (plan.timetable.axis !== axis) {
      throw new InvalidTriggerError(
        `unionTrigger(triggers[${String(index)}])`,
        plan.type,
        `a trigger on the '${axis}' axis, like the first trigger`,
      );
    }
  });
  const timetable = unionTimetable(
    plans.map((plan) => plan.timetable),
    axis,
  );
  const childDefaults = plans.map(({ defaults, given }) => ({ ...defaults, misfire: given.misfire ?? defaults.misfire }));
  const [defaults = first.defaults] = childDefaults;
  const ifAny = <Name extends keyof TriggerDefaults>(name: Name, value: TriggerDefaults[Name]): TriggerDefaults[Name] | undefined =>
    childDefaults.some((child) => child[name] === value) ? value : undefined;
  const careful: TriggerDefaults = {
    misfire: ifAny('misfire', 'all') ?? ifAny('misfire', 'once') ?? defaults.misfire,
    overlap: ifAny('overlap', 'queue') ?? defaults.overlap,
    whilePaused: ifAny('whilePaused', 'catch-up') ?? defaults.whilePaused,
    spaced: false,
  };
  const clock = plans.find((plan) => plan.given.clock !== undefined)?.given.clock;
  const definition: UnionDefinition = { type: 'union', triggers: Object.freeze(plans.map((plan) => plan.definition)) };
  return createTrigger('union', timetable, { clock }, definition, careful);
}

function checkedChild(trigger: Trigger, place: string): TriggerPlan {
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan === undefined)
    throw new InvalidTriggerError(place, trigger, 'a trigger of this package (after .pipe() it is a plain Observable)');
  const { maxRuns = Infinity } = plan.given;
  if (maxRuns !== Infinity)
    throw new InvalidTriggerError(place, `maxRuns: ${String(maxRuns)}`, 'a trigger without maxRuns: limit the job instead');
  return plan;
}

/** Reads the definition of a {@link unionTrigger}. */
export const unionReader: DefinitionReader<UnionDefinition> = {
  fields: ['triggers'],
  read: ({ triggers }, { place, inner }) => {
    const isArray: boolean = Array.isArray(triggers);
    if (!isArray) throw new InvalidTriggerError(place('triggers'), triggers, 'an array of definitions');
    return unionTrigger(...triggers.map((trigger, index) => inner(`triggers[${String(index)}]`, trigger)));
  },
};
