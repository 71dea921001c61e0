import { inProcessEngine } from '../engines/in-process.js';
import type { Engine } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { LogFunction } from '../model/logger.js';
import type { TimerQueue } from '../time/timer-queue.js';
import type { JobPlan } from './job-plan.js';

/** What an observer may ask of a job. */
export interface ObservedJob {
  readonly plan: JobPlan;
  status(): JobStatus;
}

/** Who is told of a job's events, each after it has taken effect. */
export interface JobObserver {
  /** Whether the events that come with every fire are wanted; else they are not even made. */
  heeds(job: ObservedJob): boolean;
  jobEvent(job: ObservedJob, event: JobEvent): void;
  /** An event has taken effect that is not wanted. */
  jobChanged(job: ObservedJob): void;
}

/** What the jobs of one registry have in common. */
export interface JobContext {
  readonly timers: TimerQueue;
  /** Whether its timers keep no process alive. */
  readonly weak: boolean;
  readonly engine: Engine;
  readonly observer: JobObserver;
  /** Where failures go that are not the outcome of a run. */
  readonly log: LogFunction;
}

/** The context of jobs that run in this process. */
export function jobContext(timers: TimerQueue, observer: JobObserver, log: LogFunction, weak = false): JobContext {
  return { timers, weak, engine: inProcessEngine(timers, log), observer, log };
}
