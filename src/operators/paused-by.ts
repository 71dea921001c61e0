import { Observable, Subscription } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import type { Fire } from '../model/fire.js';
import type { LogFunction } from '../model/logger.js';
import type { Stopwatch } from '../time/stopwatch.js';
import { drive } from '../triggers/drive.js';
import type { JobHistory, DriveOptions } from '../triggers/drive-policy.js';
import { MOST_MISSED } from '../triggers/misfire/group.js';
import { planOf } from '../triggers/trigger.js';
import { UNARMED } from '../triggers/trigger-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { guardTeardown } from '../guards/guard-teardown.js';

/**
 * Turns a source into what it has to tell its job, under a stopwatch that the job stops and starts.
 *
 * A trigger is driven by the stopwatch, so that its time stands still. Of any other Observable each value is a fire; what it
 * emits while the stopwatch stands is dropped, and reported as one group when it goes on. What its teardown throws is logged.
 */
export function pausedBy<T>(
  stopwatch: Stopwatch,
  options: DriveOptions,
  log: LogFunction,
  before?: JobHistory,
): OperatorFunction<T, TriggerEvent> {
  return (source) => {
    const plan = planOf(source);
    return plan === undefined ? observe(source, stopwatch, options.jobId, log) : drive(plan.timetable, stopwatch, options, before);
  };
}

function observe(source: Observable<unknown>, stopwatch: Stopwatch, jobId: string, log: LogFunction): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    let telling = false;
    const nested: unknown[] = [];
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
      const fire = fireOf(dropped.at, at, Math.min(MOST_MISSED, dropped.others), dropped.value);
      dropped = null;
      subscriber.next({ fire, reason: 'paused' });
    };

    const released = new Subscription();
    stopwatch.setListener({
      stopwatchStopped: () => undefined,
      stopwatchStarted: reportDropped,
      stopwatchDetached: () => {
        released.unsubscribe();
      },
    });
    const tell = (value: unknown): void => {
      const at = stopwatch.timers.now();
      if (!stopwatch.running) {
        dropped = { at, value, others: dropped === null ? 0 : dropped.others + 1 };
        return;
      }
      telling = true;
      subscriber.next(fireOf(at, at, 0, value));
      telling = false;
      subscriber.next(UNARMED);
    };
    const end = (how: () => void): void => {
      reportDropped();
      how();
    };
    // bound to the subscriber **before** the source can emit: one that emits without end inside `subscribe` can be stopped
    const bound$: Observable<unknown> = new Observable((inner) => {
      guardTeardown(inner, (error) => {
        log({ level: 'error', message: `${jobName(jobId)}: the teardown of its trigger failed`, jobId, error });
      });
      subscriber.add(inner);
      released.add(inner);
      return source.subscribe(inner);
    });
    bound$.subscribe({
      next: (value) => {
        nested.push(value);
        if (telling) return; // from inside a listener that is being told of a fire: that fire goes first
        while (nested.length > 0) tell(nested.shift());
      },
      error: (error: unknown) => {
        end(() => {
          subscriber.error(error);
        });
      },
      complete: () => {
        end(() => {
          subscriber.complete();
        });
      },
    });
  });
}
