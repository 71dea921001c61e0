import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Fire } from '../model/fire.js';
import type { Stopwatch } from '../time/stopwatch.js';
import { connect } from '../triggers/connect.js';
import { drive } from '../triggers/drive.js';
import type { DriveOptions } from '../triggers/drive.js';
import { MOST_MISSED } from '../triggers/misfire.js';
import { planOf } from '../triggers/trigger.js';
import { UNARMED } from '../triggers/trigger-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';

/**
 * Turns a source into what it has to tell its job, under a stopwatch that the job stops and starts.
 *
 * A trigger is driven by the stopwatch, so that its time stands still. Of any other Observable each value is a fire; what it
 * emits while the stopwatch stands is dropped, and reported as one group when it goes on.
 */
export function pausedBy<T>(stopwatch: Stopwatch, options: DriveOptions): OperatorFunction<T, TriggerEvent> {
  return (source) => {
    const plan = planOf(source);
    return plan === undefined ? observe(source, stopwatch, options.jobId) : drive(plan.timetable, stopwatch, options);
  };
}

function observe(source: Observable<unknown>, stopwatch: Stopwatch, jobId: string): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    let fires = 0;
    let dropped: { readonly at: number; readonly value: unknown; readonly others: number } | null = null;

    const fireOf = (at: number, firedAt: number, missedCount: number, value: unknown): Fire => ({
      index: fires++,
      scheduledAt: at,
      firedAt,
      missedCount,
      value,
    });
    const reportDropped = (): void => {
      if (dropped === null) return;
      const at = stopwatch.timers.now();
      const fire = fireOf(dropped.at, at, Math.min(MOST_MISSED, dropped.others), dropped.value);
      dropped = null;
      subscriber.next({ type: 'dropped', jobId, at, fire, reason: 'paused' });
    };

    stopwatch.listener = { stopwatchStopped: () => undefined, stopwatchStarted: reportDropped };
    connect(source, subscriber, {
      next: (value) => {
        const at = stopwatch.timers.now();
        if (!stopwatch.running) {
          dropped = { at, value, others: dropped === null ? 0 : dropped.others + 1 };
          return;
        }
        subscriber.next({ type: 'fired', jobId, at, fire: fireOf(at, at, 0, value) });
        subscriber.next(UNARMED);
      },
      error: (error: unknown) => {
        reportDropped();
        subscriber.error(error);
      },
      complete: () => {
        reportDropped();
        subscriber.complete();
      },
    });
  });
}
