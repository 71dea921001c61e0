import type { Observer } from 'rxjs';
import type { Lane } from '../lanes/lane.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { isDropped } from '../triggers/trigger-event.js';
import type { Job } from './job.js';

/**
 * The observer at the end of a job's chain: admits fires to the lane and reports them to the job.
 *
 * A fire is admitted when it is emitted, and its run starts when the next event says what comes next.
 */
export class Runs implements Observer<TriggerEvent> {
  private readonly job: Job;
  private readonly lane: Lane;

  constructor(job: Job, lane: Lane) {
    this.job = job;
    this.lane = lane;
  }

  next(event: TriggerEvent): void {
    const { job, lane } = this;
    if (typeof event === 'number') {
      job.armed(event);
      lane.proceed();
    } else if (isDropped(event)) {
      lane.admit(event.fire, event.reason);
      job.fired(event.fire);
      lane.proceed();
    } else {
      lane.admit(event, null);
      job.fired(event);
    }
  }

  error(error: unknown): void {
    this.job.triggerFailed(this, error);
    this.complete();
  }

  complete(): void {
    this.lane.proceed();
    this.job.triggerEnded(this);
  }
}
