import type { LaneContext } from '../lanes/lane-job.js';
import type { JobEvent, JobEventType } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { RunOutcome } from '../model/run-outcome.js';
import type { JobPlan } from './job-plan.js';
import type { LedgerState } from './ledger-state.js';

/** What an observer can read from a job. */
export interface ObservedJob {
  readonly jobId: string;
  readonly plan: JobPlan;
  /** Its counts. */
  readonly state: Readonly<LedgerState>;
  status(): JobStatus;
}

/** Gets the events of jobs, each after it has taken effect. */
export interface JobObserver {
  /** True if something listens to events of this type. The job does not create those that come with every fire for nothing. */
  hasListener(job: ObservedJob, type: JobEventType): boolean;
  /** True if something listens to outcomes. */
  readonly followsOutcomes: boolean;
  /** A fire has ended. Called after its event. */
  jobOutcome(outcome: RunOutcome): void;
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
