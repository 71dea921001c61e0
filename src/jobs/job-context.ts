import type { LaneContext } from '../lanes/lane-job.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { JobPlan } from './job-plan.js';

/** What an observer can read from a job. */
export interface ObservedJob {
  readonly plan: JobPlan;
  status(): JobStatus;
}

/** Gets the events of jobs, each after it has taken effect. */
export interface JobObserver {
  /** True if something listens to the events that come with every fire. Otherwise the job does not create them. */
  hasListener(job: ObservedJob): boolean;
  jobEvent(job: ObservedJob, event: JobEvent): void;
  /** An event without a listener has taken effect. */
  jobChanged(job: ObservedJob): void;
}

/** What the jobs of a registry share. */
export interface JobContext extends LaneContext {
  /** True if the timers of the jobs do not keep the process alive. */
  readonly weak: boolean;
  readonly observer: JobObserver;
}
