import { isObservable } from 'rxjs';
import { checkKeys, wholeUpTo } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { InstantLike } from '../model/instant.js';
import { timersOf } from '../time/world.js';
import { following, forked } from '../timetables/timetable.js';
import type { Trigger } from './trigger.js';
import { planOf } from './trigger.js';

/** Options of {@link nextFireTimes}. */
export interface NextFireTimesOptions {
  /**
   * Maximum number of times, up to 100,000.
   *
   * @default 10
   */
  readonly count?: number | undefined;
  /**
   * When the trigger starts. Cron triggers return instants after it.
   *
   * @default now, on the clock of the trigger
   */
  readonly from?: InstantLike | undefined;
  /**
   * The last instant, inclusive.
   *
   * @default none
   */
  readonly until?: InstantLike | undefined;
}

/** Maximum of the option `count`. */
const MAX_COUNT = 100_000;

/**
 * Computes when a trigger would fire, without running it.
 *
 * A random custom trigger returns other instants each time. For a trigger on the elapsed axis, pauses are not considered.
 *
 * @param trigger a trigger of this package.
 * @param options how many instants, and from when to when.
 * @returns epoch ms, in order. Fewer than `count` if the trigger ends or reaches `maxRuns`.
 * @throws InvalidTriggerError if the first argument is not a trigger.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @throws TimetableError if a custom trigger returns something else than a later instant.
 */
export function nextFireTimes(trigger: Trigger, options: NextFireTimesOptions = {}): number[] {
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan === undefined)
    throw new InvalidTriggerError('nextFireTimes(trigger)', trigger, 'a trigger of this package (after .pipe() it is a plain Observable)');
  checkKeys('nextFireTimes(options)', options, ['count', 'from', 'until']);
  const count = wholeUpTo(MAX_COUNT, 'nextFireTimes(options.count)', options.count) ?? 10;
  const from = options.from === undefined ? timersOf(plan.given.clock).now() : instantOption('nextFireTimes(options.from)', options.from);
  const until = options.until === undefined ? Infinity : instantOption('nextFireTimes(options.until)', options.until);
  const zero = plan.timetable.axis === 'wall' ? 0 : from;
  const timetable = forked(plan.timetable);
  const times: number[] = [];
  const max = Math.min(count, plan.given.maxRuns ?? Infinity);
  for (let next = timetable.first(from - zero) ?? NaN; next + zero <= until && times.length < max; next = following(timetable, next)) {
    times.push(next + zero);
  }
  return times;
}
