import { Observable } from 'rxjs';
import type { Stopwatch } from '../time/stopwatch.js';
import type { Timetable } from '../timetables/timetable.js';
import type { DriveOptions, JobHistory } from './drive-policy.js';
import { NO_HISTORY } from './drive-policy.js';
import { Driver } from './driver.js';
import type { TriggerEvent } from './trigger-event.js';

/**
 * Drives a timetable by a stopwatch. This is the only place where a timetable meets a timer.
 *
 * ```text
 * timetable   0         1         2         3         4
 * wake-ups    |         |                        |    |       the event loop was blocked from 1 to 3
 * emitted     F n       F n                      F n  F n     F: a fire, n: the next run; the late fire has missedCount 1
 * ```
 *
 * It stops when the stopwatch gets another listener. It completes after the last fire. It errors if the timetable throws or does not
 * move forward.
 *
 * @param history the state of the job that the trigger belongs to.
 */
export function drive(
  timetable: Timetable,
  stopwatch: Stopwatch,
  options: DriveOptions,
  history: JobHistory = NO_HISTORY,
): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    const driver = new Driver(timetable, stopwatch, options, subscriber);
    driver.start(history);
  });
}
