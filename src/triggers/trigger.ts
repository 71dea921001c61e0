import { Observable, take } from 'rxjs';
import { checkKeys, oneOf, wholeFrom1 } from '../checks/check.js';
import type { Fire } from '../model/fire.js';
import type { Misfire, Overlap, WhilePaused } from '../model/job-options.js';
import { MISFIRES } from '../model/job-options.js';
import type { TriggerType } from '../model/trigger-type.js';
import type { Clock } from '../time/clock.js';
import { Stopwatch } from '../time/stopwatch.js';
import { checkedClock, timersOf } from '../time/world.js';
import type { Timetable } from '../timetables/timetable.js';
import { drive } from './drive.js';
import { fires } from './fires.js';

/**
 * An Observable of fires with a timetable.
 *
 * It is cold: every subscription has its own start, stopwatch and timer. Unsubscribing stops it. It completes after the last fire. After
 * `.pipe()` it is a plain Observable.
 */
export type Trigger = Observable<Fire> & { readonly type: TriggerType; readonly timetable: Timetable };

/** Options that every trigger has. */
export interface TriggerOptions {
  /**
   * The clock of a subscription without a scheduler.
   *
   * @default the clock in force at the subscription
   */
  readonly clock?: Clock | undefined;
  /**
   * Maximum number of fires. In a job, maximum number of runs.
   *
   * @default no limit
   */
  readonly maxRuns?: number | undefined;
  /**
   * What happens to occurrences that came due together.
   *
   * @default 'once'; 'all' for timestamps
   */
  readonly misfire?: Misfire | undefined;
}

/** The defaults of a kind of trigger. All jobs with the same kind share one object. */
export interface TriggerDefaults {
  readonly misfire: Misfire;
  readonly overlap: Overlap;
  readonly whilePaused: WhilePaused;
  readonly spaced: boolean;
}

/** The defaults of most triggers on each axis. */
const ELAPSED_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: false };
const WALL_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/** The definition of a trigger. */
export interface TriggerPlan {
  readonly type: TriggerType;
  readonly timetable: Timetable;
  readonly defaults: TriggerDefaults;
  /** The options of the trigger. They take precedence over the defaults of a scheduler. */
  readonly given: TriggerOptions;
}

/** The names of the options that every trigger has. */
const COMMON: readonly string[] = ['clock', 'maxRuns', 'misfire'];

/** Checks the options of a trigger. `own` names its options besides the common ones. */
export function checkTriggerOptions(factory: string, options: TriggerOptions, own: readonly string[] = []): void {
  checkKeys(`${factory}(options)`, options, COMMON, own);
  checkedClock(`${factory}(options.clock)`, options.clock);
  wholeFrom1(`${factory}(options.maxRuns)`, options.maxRuns);
  oneOf(`${factory}(options.misfire)`, options.misfire, MISFIRES);
}

/** The property that holds the plan. It is a registered symbol: two copies of this package know each other's triggers. */
const PLAN: unique symbol = Symbol.for('extended-scheduler.plan');

/** Defaults of `misfireLimit` and `graceMs`. */
export const MISFIRE_LIMIT = 100;
export const GRACE_MS = 1_000;

/** Creates a trigger from a timetable and checked options. It copies the options: the caller may change them later. */
export function createTrigger(type: TriggerType, timetable: Timetable, options: TriggerOptions, defaults?: TriggerDefaults): Trigger {
  const { clock, maxRuns, misfire } = options;
  const given: TriggerOptions = { clock, maxRuns, misfire };
  const plan: TriggerPlan = {
    type,
    timetable,
    defaults: defaults ?? (timetable.axis === 'elapsed' ? ELAPSED_DEFAULTS : WALL_DEFAULTS),
    given,
  };
  const fires$: Observable<Fire> = new Observable((subscriber) => {
    const stopwatch = new Stopwatch(timersOf(given.clock));
    stopwatch.start();
    subscriber.add(() => {
      stopwatch.setListener(null);
    });
    return driven(plan, stopwatch, plan.defaults.whilePaused).subscribe(subscriber);
  });
  return Object.assign(fires$, { type, timetable, [PLAN]: plan });
}

/** The plan of a trigger, or undefined for any other Observable. */
export function planOf(source: Observable<unknown>): TriggerPlan | undefined {
  return (source as { readonly [PLAN]?: TriggerPlan })[PLAN];
}

/** Emits the fires of a plan, driven by a stopwatch that the caller may stop. */
export function driven({ timetable, defaults, given }: TriggerPlan, stopwatch: Stopwatch, whilePaused: WhilePaused): Observable<Fire> {
  const { maxRuns = Infinity, misfire = defaults.misfire } = given;
  const policy = { misfire, misfireLimit: MISFIRE_LIMIT, graceMs: GRACE_MS, whilePaused, jitterMs: 0, spaced: defaults.spaced };
  const events = drive(timetable, stopwatch, { jobId: '', policy });
  return maxRuns === Infinity ? events.pipe(fires(stopwatch)) : events.pipe(fires(stopwatch), take(maxRuns));
}
