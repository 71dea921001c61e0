import type { SchedulerLike } from 'rxjs';
import type { Clock } from './clock.js';

/**
 * Creates a {@link Clock} from an RxJS scheduler, such as a `TestScheduler` or a `VirtualTimeScheduler`.
 *
 * You do not need it inside `TestScheduler.run()`: there the virtual time is detected.
 *
 * ## Example
 *
 * ```ts
 * import { VirtualTimeScheduler } from 'rxjs';
 * import { Scheduler, schedulerClock } from 'extended-scheduler';
 *
 * const virtual = new VirtualTimeScheduler();
 * const scheduler = new Scheduler({ clock: schedulerClock(virtual) });
 * scheduler.addIntervalJob('tick', 1000, () => console.log(virtual.now()), { maxRuns: 2 });
 * virtual.flush();
 * // Logs:
 * // 1000
 * // 2000
 * ```
 *
 * @param scheduler provides `now()` in epoch ms, and schedules the timers.
 * @returns a clock for the option `clock`.
 */
export function schedulerClock(scheduler: SchedulerLike): Clock {
  return {
    now: () => scheduler.now(),
    setTimer: (at, callback) => {
      const action = scheduler.schedule(callback, Math.max(0, at - scheduler.now()));
      return () => {
        action.unsubscribe();
      };
    },
  };
}
