import type { Signal } from '@angular/core';
import type { Observable } from 'rxjs';
import type { JobStatus } from '../model/job-status.js';

/** What the runs of a job function give that returns `R`: the values of its Observable, Promise or AsyncIterable, else `R` itself. */
export type Emitted<R> = R extends Observable<infer V> ? V : R extends PromiseLike<infer V> ? V : R extends AsyncIterable<infer V> ? V : R;

/** A job that lives as long as whoever injected it. */
export interface JobRef<T> {
  readonly jobId: string;
  /** The status after the last event of the job; null before it starts (always on a server), and once it is gone. */
  readonly status: Signal<JobStatus | null>;
  /** When the next fire will come, in epoch ms; null when nothing will fire, or nobody can tell. */
  readonly nextRunTime: Signal<number | null>;
  /** Whether the job is paused. */
  readonly isPaused: Signal<boolean>;
  /** How many runs were started. */
  readonly executionCount: Signal<number>;
  /** The last value that a run gave; undefined before the first. What came from a server has been JSON: a Date is a string there. */
  readonly lastValue: Signal<T | undefined>;
  /** Stops the job's time. False when it does not run, has not started yet, or is gone. */
  pause(): boolean;
  /** Lets a paused job go on. False when it is not paused. */
  resume(): boolean;
  /** One extra fire at once. False when the job has not started yet, is completed or gone, or its `maxRuns` are used up. */
  runNow(): boolean;
  /** Gives the job another trigger, which begins anew; counts, pause and elapsed time stay. False when it has not started yet, is completed or gone. */
  reschedule(trigger: Observable<unknown>): boolean;
  /** Removes the job before whoever injected it is gone; its active run is cancelled. It does not start again. */
  destroy(): void;
}
