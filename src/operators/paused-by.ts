import type { OperatorFunction } from 'rxjs';
import { Observable, Subscription } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import { bound } from '../guards/bound.js';
import { guardTeardown } from '../guards/guard-teardown.js';
import type { Fire } from '../model/fire.js';
import type { LogFunction } from '../model/logger.js';
import type { Stopwatch } from '../time/stopwatch.js';
import { drive } from '../triggers/drive.js';
import type { DriveOptions, JobHistory } from '../triggers/drive-policy.js';
import { MAX_MISSED } from '../triggers/misfire/group.js';
import { planOf } from '../triggers/trigger.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { UNARMED } from '../triggers/trigger-event.js';

/**
 * Turns the source of a job into trigger events. The job pauses it by a stopwatch.
 *
 * A trigger is driven by the stopwatch: a pause stops its time. With any other Observable each value is a fire. Values that it emits while
 * the stopwatch is stopped are dropped, and reported as one group when it starts. Errors of its teardown are logged.
 */
export function pausedBy<T>(
  stopwatch: Stopwatch,
  options: DriveOptions,
  log: LogFunction,
  history?: JobHistory,
): OperatorFunction<T, TriggerEvent> {
  return (source) => {
    const plan = planOf(source);
    return plan === undefined ? observe(source, stopwatch, options.jobId, log) : drive(plan.timetable, stopwatch, options, history);
  };
}

function observe(source: Observable<unknown>, stopwatch: Stopwatch, jobId: string, log: LogFunction): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    let isEmitting = false;
    const values: unknown[] = [];
    let dropped: { readonly at: number; readonly value: unknown; readonly others: number } | null = null;

    const fireOf = (at: number, firedAt: number, missedCount: number, value: unknown): Fire => ({
      index: stopwatch.nextOrdinal(),
      scheduledAt: at,
      firedAt,
      missedCount,
      value,
    });
    const reportDropped = (): void => {
      if (dropped === null) return;
      const at = stopwatch.timers.now();
      const fire = fireOf(dropped.at, at, Math.min(MAX_MISSED, dropped.others), dropped.value);
      dropped = null;
      subscriber.next({ fire, reason: 'paused' });
    };

    const subscription = new Subscription();
    stopwatch.setListener({
      stopwatchStopped: () => undefined,
      stopwatchStarted: reportDropped,
      stopwatchDetached: () => {
        subscription.unsubscribe();
      },
    });
    const emit = (value: unknown): void => {
      const at = stopwatch.timers.now();
      if (!stopwatch.running) {
        dropped = { at, value, others: dropped === null ? 0 : dropped.others + 1 };
        return;
      }
      isEmitting = true;
      subscriber.next(fireOf(at, at, 0, value));
      isEmitting = false;
      subscriber.next(UNARMED);
    };
    bound(source, (inner) => {
      guardTeardown(inner, (error) => {
        log({ level: 'error', message: `${jobName(jobId)}: the teardown of its trigger failed`, jobId, error });
      });
      subscriber.add(inner);
      subscription.add(inner);
    }).subscribe({
      next: (value) => {
        values.push(value);
        if (isEmitting) return; // emitted by a listener of a fire: that fire goes first
        while (values.length > 0) emit(values.shift());
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
