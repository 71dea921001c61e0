import type { Misfire, WhilePaused } from '../model/job-options.js';

/** How a timetable is driven: the same for all jobs that were given the same. */
export interface DrivePolicy {
  readonly misfire: Misfire;
  readonly misfireLimit: number;
  readonly graceMs: number;
  readonly whilePaused: WhilePaused;
  /** By how much a fire may be delayed, in ms. */
  readonly jitterMs: number;
  /** Whether the next occurrence is looked for when the runs of the last have ended. */
  readonly spaced: boolean;
}

/** Who is driven, and how. */
export interface DriveOptions {
  /** What jitter goes by; empty for a bare trigger. */
  readonly jobId: string;
  readonly policy: DrivePolicy;
}

/** What a trigger has to know of the job that it joins, which may have had another trigger before. */
export interface Before {
  /** The instant of the wall clock for which the job fired last: it is not reported again. NaN for none. */
  readonly toldAt: number;
  /** Whether a run is active or queued: a spaced trigger waits for its end. */
  readonly busy: boolean;
}

/** Nothing was before. */
export const FIRST: Before = { toldAt: NaN, busy: false };
