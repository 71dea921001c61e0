import type { MonoTypeOperatorFunction, ObservableInput } from 'rxjs';
import { filter, from, Observable } from 'rxjs';
import { checkKeys, oneOf } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';
import type { WhilePaused } from '../model/job-options.js';
import { PAUSE_POLICIES } from '../model/job-options.js';
import { Stopwatch } from '../time/stopwatch.js';
import { timersOf } from '../time/world.js';
import type { TriggerPlan } from '../triggers/trigger.js';
import { driven, planOf } from '../triggers/trigger.js';

/** Options of {@link pausable}. */
export interface PausableOptions {
  /**
   * What a pause does to a trigger. Has no effect on another source.
   *
   * @default the default of the trigger, see `JobOptions.whilePaused`
   */
  readonly whilePaused?: WhilePaused | undefined;
}

/**
 * Pauses and resumes the source by a notifier: `true` pauses, `false` resumes.
 *
 * Directly on a trigger it stops **time**: on the elapsed axis the remaining delay is kept, so no fire is lost or early. On any other
 * source, values are dropped while it is paused. Put it first in a pipe: behind another operator a trigger is a plain Observable.
 *
 * ```text
 * intervalTrigger(2000)     --0-1-2-3-4
 * paused$                   -----t--f--
 * result                    --0-1----2-3        the remaining second is kept
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { concat, of, timer, map } from 'rxjs';
 * import { intervalTrigger, pausable } from 'extended-scheduler';
 *
 * const start = Date.now();
 * const paused$ = concat(timer(5000).pipe(map(() => true)), timer(3000).pipe(map(() => false)));
 * intervalTrigger(2000, { maxRuns: 3 })
 *   .pipe(pausable(paused$))
 *   .subscribe((fire) => console.log(`${fire.index} after ${Math.round((fire.firedAt - start) / 1000)} s`));
 * // Logs:
 * // 0 after 2 s
 * // 1 after 4 s
 * // 2 after 9 s
 * ```
 *
 * @param paused$ the notifier. It is subscribed before the source. Its error errors the result, its completion has no effect.
 * @param options what a pause does.
 * @returns an operator. On a trigger it emits fires.
 * @throws InvalidOptionError if an option is unknown, or `whilePaused` does not match the axis of the trigger.
 */
export function pausable<T>(paused$: ObservableInput<boolean>, options: PausableOptions = {}): MonoTypeOperatorFunction<T> {
  checkKeys('pausable(options)', options, ['whilePaused']);
  const place = 'pausable(options.whilePaused)';
  const asked = oneOf(place, options.whilePaused, PAUSE_POLICIES);
  return (source) => {
    const plan = planOf(source);
    const whilePaused = plan === undefined ? 'skip' : checkedWhilePaused(place, plan, asked);
    return new Observable((subscriber) => {
      const stopwatch = new Stopwatch(timersOf(plan?.given.clock));
      stopwatch.start();
      subscriber.add(() => {
        stopwatch.setListener(null);
      });
      subscriber.add(
        from(paused$).subscribe({
          next: (paused: unknown) => {
            ignoreRejection(paused);
            if (isThenable(paused)) subscriber.error(new TypeError('pausable(paused$): expected true or false, got a promise'));
            else if (paused) stopwatch.stop();
            else stopwatch.start();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
        }),
      );
      // a trigger is an Observable of fires: T is Fire here, which the compiler cannot know
      const values =
        plan === undefined
          ? source.pipe(filter(() => stopwatch.running))
          : (driven(plan, stopwatch, whilePaused) as Observable<unknown> as Observable<T>);
      if (!subscriber.closed) subscriber.add(values.subscribe(subscriber));
    });
  };
}

/** Returns what a pause does to a trigger. @throws InvalidOptionError if it does not match the axis. */
export function checkedWhilePaused(place: string, plan: TriggerPlan, whilePaused: WhilePaused | undefined): WhilePaused {
  const { axis } = plan.timetable;
  const allowed: readonly WhilePaused[] = axis === 'elapsed' ? ['freeze'] : ['skip', 'catch-up'];
  if (whilePaused === undefined) return plan.defaults.whilePaused;
  if (!allowed.includes(whilePaused)) {
    throw new InvalidOptionError(
      place,
      whilePaused,
      `${allowed.map((one) => `'${one}'`).join(' or ')} for the ${plan.type} trigger, which is on the ${axis} axis`,
    );
  }
  return whilePaused;
}
