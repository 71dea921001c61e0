import { inProcessEngine } from '../engines/in-process.js';
import type { Engine } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { TimerQueue } from '../time/timer-queue.js';
import type { Job } from './job.js';

/** Who is told of a job's events, each after it has taken effect. */
export interface JobObserver {
  jobEvent(job: Job, event: JobEvent): void;
}

/** What the jobs of one registry have in common. */
export interface JobContext {
  readonly timers: TimerQueue;
  readonly engine: Engine;
  readonly observer: JobObserver;
}

/** The context of jobs that run in this process. */
export function jobContext(timers: TimerQueue, observer: JobObserver): JobContext {
  return { timers, engine: inProcessEngine(() => timers.now()), observer };
}
