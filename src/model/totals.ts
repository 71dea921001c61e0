import type { JobStatus } from './job-status.js';

/** Sums over all jobs of a registry, those that were removed included. */
export interface Totals extends Pick<JobStatus, 'executionCount' | 'retryCount' | 'fireCount' | 'activeRuns' | 'queuedFires' | 'outcomes'> {
  /** Number of jobs, without those that were removed. */
  readonly jobs: number;
  /** Number of jobs that were removed. */
  readonly removedJobs: number;
}
