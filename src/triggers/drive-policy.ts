import type { Misfire, WhilePaused } from '../model/job-options.js';

/** How a timetable is driven. Jobs with the same options share one object. */
export interface DrivePolicy {
  readonly misfire: Misfire;
  readonly misfireLimit: number;
  readonly graceMs: number;
  readonly whilePaused: WhilePaused;
  /** Maximum random delay of a fire, in ms. */
  readonly jitterMs: number;
  /** True if the next period begins when all runs have ended. */
  readonly spaced: boolean;
}

/** Options of `drive`. */
export interface DriveOptions {
  /** Seed of the jitter. Empty for a trigger without a job. */
  readonly jobId: string;
  readonly policy: DrivePolicy;
}

/** The state of a job when it gets a trigger. It may have had another one before. */
export interface JobHistory {
  /** When the last fire was scheduled, in epoch ms. It is not repeated. NaN if there was none. */
  readonly lastScheduledAt: number;
  /** True if a run is active or queued. A spaced trigger waits for its end. */
  readonly isBusy: boolean;
}

/** The history of a new job. */
export const NO_HISTORY: JobHistory = { lastScheduledAt: NaN, isBusy: false };
