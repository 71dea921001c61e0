import { Observable } from 'rxjs';
import type { Stopwatch } from '../time/stopwatch.js';
import type { Timetable } from '../timetables/timetable.js';
import { NO_HISTORY } from './drive-policy.js';
import type { JobHistory, DriveOptions } from './drive-policy.js';
import { Driver } from './driver.js';
import type { TriggerEvent } from './trigger-event.js';

/**
 * Drives a timetable by a stopwatch: the only place where a timetable meets a timer.
 *
 * ```text
 * timetable   0         1         2         3         4
 * wake-ups    |         |                        |    |       the event loop was blocked from 1 to 3
 * told        F n       F n                      F n  F n     F: a fire, n: when the next comes; the late one has missedCount 1
 * ```
 *
 * It ends when the stopwatch is handed to another. It completes after the last fire, and errors when the timetable throws or does not
 * move forward. All of its work for one wake-up is done, and the next timer set, before the fire is left behind.
 */
export function drive(
  timetable: Timetable,
  stopwatch: Stopwatch,
  options: DriveOptions,
  before: JobHistory = NO_HISTORY,
): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    const driver = new Driver(timetable, stopwatch, options, subscriber);
    driver.start(before);
  });
}
