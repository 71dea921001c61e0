import type { Outcome, SkipReason } from './job-event.js';

/** The states of the manual: running (also while it waits), paused, completed, removed. */
export type JobState = 'running' | 'paused' | 'completed' | 'removed';

/** The run that ended last. */
export interface LastRun {
  /** When it was due, in epoch ms. */
  readonly scheduledAt: number;
  /** When it began, in epoch ms. */
  readonly startedAt: number;
  /** When it ended, in epoch ms. */
  readonly endedAt: number;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** The error of a failed run. */
  readonly error?: unknown;
}

/** A picture of one job at one moment; it does not change any more. */
export interface JobStatus {
  readonly jobId: string;
  readonly status: JobState;
  /** `'timestamp'`, `'interval'`, `'one-time'`, `'cron'`, `'custom'`, `'union'`, or `'observable'` for a plain Observable. */
  readonly triggerType: string;
  /** How many runs were started. */
  readonly executionCount: number;
  /** How long the job has been running in ms, without the time it was paused and after its end. */
  readonly elapsedTimeMs: number;
  /** When the next fire will come, in epoch ms; null when nothing will fire, or nobody can tell. */
  readonly nextRunTime: number | null;
  /** Whether it is completed or removed. */
  readonly isFinished: boolean;
  /** Whether the gate of the option `when` lets it fire; always open without one. Independent of `status`. */
  readonly gate: 'open' | 'closed';
  /** How many fires there were. It equals all outcomes plus `activeRuns` plus `queuedFires`, at every moment. */
  readonly fireCount: number;
  /** How many runs are under way. */
  readonly activeRuns: number;
  /** How many fires wait for their run. */
  readonly queuedFires: number;
  /** How many fires had which outcome; the skipped ones by their reason as well. */
  readonly outcomes: Readonly<Record<Outcome | SkipReason, number>>;
  /** The run that ended last, or null before the first has ended. */
  readonly lastRun: LastRun | null;
}

/** The statuses of all jobs, by job id. */
export type Statuses = Readonly<Record<string, JobStatus>>;
