import type { Outcome, SkipReason } from './job-event.js';
import type { JobTriggerType } from './trigger-type.js';

/** The state of a job. A running job is waiting for its next fire or has an active run. */
export type JobState = 'running' | 'paused' | 'completed' | 'removed';

/** The run that ended last. */
export interface LastRun {
  /** When it was due, in epoch ms. */
  readonly scheduledAt: number;
  /** When it started, in epoch ms. */
  readonly startedAt: number;
  /** When it ended, in epoch ms. */
  readonly endedAt: number;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** The error of a failed run. `JSON.stringify` writes its name, message and stack. */
  readonly error?: unknown;
  /** The last value of a run that succeeded. Only with the option `keepLastValue`. */
  readonly value?: unknown;
}

/** A frozen snapshot of one job. */
export interface JobStatus {
  readonly jobId: string;
  readonly status: JobState;
  readonly triggerType: JobTriggerType;
  /** Number of runs that were started. */
  readonly executionCount: number;
  /** How long the job has been running, in ms. Pauses and the time after its end do not count. */
  readonly elapsedTimeMs: number;
  /** When the next fire will come, in epoch ms. Null if the job will not fire, or if its trigger cannot know. */
  readonly nextRunTime: number | null;
  /**
   * Time until the next fire, in ms. While the job is paused or its gate is closed: what the stopwatch keeps on the elapsed axis, and null
   * on the wall axis. Null if nothing will fire, or if its trigger cannot know.
   */
  readonly remainingMs: number | null;
  /** True if the job is completed or removed. */
  readonly isFinished: boolean;
  /** State of the gate of the option `when`. Always open without one. Independent of `status`. */
  readonly gate: 'open' | 'closed';
  /** Number of fires. It always equals all outcomes plus `activeRuns` plus `queuedFires`. */
  readonly fireCount: number;
  /** Number of retries in all its runs. */
  readonly retryCount: number;
  /** Number of active runs. */
  readonly activeRuns: number;
  /** Number of fires that wait for their run. */
  readonly queuedFires: number;
  /** Number of fires with each outcome, and of skipped fires with each reason. */
  readonly outcomes: Readonly<Record<Outcome | SkipReason, number>>;
  /** The run that ended last, or null before the first one has ended. */
  readonly lastRun: LastRun | null;
  /** When the last run that succeeded ended, in epoch ms. Null before. */
  readonly lastSuccessAt: number | null;
}

/** The statuses of all jobs, by job id. */
export type Statuses = Readonly<Record<string, JobStatus>>;
