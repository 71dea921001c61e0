import type { Signal } from '@angular/core';
import type { Observable } from 'rxjs';
import type { JobStatus } from '../model/job-status.js';

/** The type of the values of a job function that returns `R`: those of its Observable, Promise or AsyncIterable, else `R` itself. */
export type Emitted<R> = R extends Observable<infer V> ? V : R extends PromiseLike<infer V> ? V : R extends AsyncIterable<infer V> ? V : R;

/** A job that lives as long as the component, directive, service or route that injected it. */
export interface JobRef<T> {
  readonly jobId: string;
  /** The status after the last event. Null before the job starts, after its removal, and on a server. */
  readonly status: Signal<JobStatus | null>;
  /** When the next fire will come, in epoch ms. Null if the job will not fire, or if its trigger cannot know. */
  readonly nextRunTime: Signal<number | null>;
  /** True if the job is paused. */
  readonly isPaused: Signal<boolean>;
  /** Number of runs that were started. */
  readonly executionCount: Signal<number>;
  /** The last value of a run. Undefined before the first one. A value from a server was JSON: a Date is a string. */
  readonly lastValue: Signal<T | undefined>;
  /** Stops the time of the job. @returns false if it is not running. */
  pause(): boolean;
  /** Resumes the job. @returns false if it is not paused. */
  resume(): boolean;
  /** Fires the job once at once. @returns false if it has not started, is completed or gone, or has no run left. */
  runNow(): boolean;
  /** Replaces the trigger. Counts, pause and elapsed time stay. @returns false if the job has not started, is completed or gone. */
  reschedule(trigger: Observable<unknown>): boolean;
  /** Removes the job and cancels its active run. It does not start again. */
  destroy(): void;
}
