import { inProcessEngine } from '../engines/in-process.js';
import type { EngineTimers } from '../engines/in-process.js';
import type { Engine } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { Logger } from '../model/logger.js';
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
  /** Where failures go that are no outcome of a run. */
  readonly logger: Logger;
}

/** The context of jobs that run in this process. */
export function jobContext(timers: TimerQueue, observer: JobObserver, logger: Logger, weak = false): JobContext {
  const engineTimers: EngineTimers = {
    now: () => timers.now(),
    get lastReading() {
      return timers.lastReading;
    },
    delay: (ms, callback) => timers.delay(ms, callback), // a run that is under way is a reason to stay alive
  };
  return { timers, weak, engine: inProcessEngine(engineTimers, logger), observer, logger };
}
