import { isObservable } from 'rxjs';
import { checkKeys, wholeUpTo } from '../checks/check.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { InstantLike } from '../model/instant.js';
import { timersOf } from '../time/world.js';
import { following, forked } from '../timetables/timetable.js';
import { instantOption } from '../checks/instant.js';
import { planOf } from './trigger.js';
import type { Trigger } from './trigger.js';

/** Options of {@link nextFireTimes}. */
export interface NextFireTimesOptions {
  /** How many at most, up to 100,000. Default 10. */
  readonly count?: number | undefined;
  /** When the trigger is taken to start; for cron, the instants after it. Default: now, on the trigger's clock. */
  readonly from?: InstantLike | undefined;
  /** The last instant that is wanted, inclusive. Default: none. */
  readonly until?: InstantLike | undefined;
}

/** More times than anybody reads. */
const MOST = 100_000;

/**
 * Tells when a trigger would fire, without running it.
 *
 * A random custom trigger answers with a new draw. For triggers on the elapsed axis nobody is taken to pause.
 *
 * @returns epoch ms, in order; fewer than `count` where the trigger ends or `maxRuns` is reached.
 * @throws InvalidTriggerError when it is not given a trigger.
 * @throws InvalidOptionError when an option is unknown, `count` is not a whole number from 1 to 100,000, or `from` or `until` is not an instant.
 * @throws TimetableError when a custom trigger returns something that is not a later instant.
 */
export function nextFireTimes(trigger: Trigger, options: NextFireTimesOptions = {}): number[] {
  const plan = isObservable(trigger) ? planOf(trigger) : undefined;
  if (plan === undefined)
    throw new InvalidTriggerError('nextFireTimes(trigger)', trigger, 'a trigger of this package (after .pipe() it is none)');
  checkKeys('nextFireTimes(options)', options, ['count', 'from', 'until']);
  const count = wholeUpTo(MOST, 'nextFireTimes(options.count)', options.count) ?? 10;
  const from = options.from === undefined ? timersOf(plan.given.clock).now() : instantOption('nextFireTimes(options.from)', options.from);
  const until = options.until === undefined ? Infinity : instantOption('nextFireTimes(options.until)', options.until);
  const zero = plan.timetable.axis === 'wall' ? 0 : from;
  const timetable = forked(plan.timetable);
  const times: number[] = [];
  const most = Math.min(count, plan.given.maxRuns ?? Infinity);
  for (let next = timetable.first(from - zero) ?? NaN; next + zero <= until && times.length < most; next = following(timetable, next)) {
    times.push(next + zero);
  }
  return times;
}
