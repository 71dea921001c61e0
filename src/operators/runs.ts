import type { Observer } from 'rxjs';
import type { Lane } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';

/** The job whose fires become runs. */
export interface RunsOwner {
  readonly jobId: string;
  now(): number;
  /** What the trigger has to tell for the log. */
  log(event: JobEvent): void;
  /** The trigger will fire no more. */
  triggerEnded(): void;
}

/**
 * The end of a job's chain: takes what its trigger tells down an engine's lane, and for the rest to its log.
 *
 * A fire is admitted when it comes and runs when it is known what comes next; what becomes of it the lane reports. A trigger that
 * errors is a `trigger-failed` in the log, and has ended.
 */
export class Runs implements Observer<TriggerEvent> {
  private readonly owner: RunsOwner;
  private readonly lane: Lane;

  constructor(owner: RunsOwner, lane: Lane) {
    this.owner = owner;
    this.lane = lane;
  }

  next(event: TriggerEvent): void {
    const { owner, lane } = this;
    switch (event.type) {
      case 'fired':
        lane.admit(event.fire, null);
        owner.log(event);
        break;
      case 'dropped':
        lane.admit(event.fire, event.reason);
        owner.log({ type: 'fired', jobId: owner.jobId, at: event.at, fire: event.fire });
        lane.proceed();
        break;
      case 'armed':
        owner.log(event);
        lane.proceed();
        break;
      case 'unarmed':
        lane.proceed();
    }
  }

  error(error: unknown): void {
    const { owner } = this;
    owner.log({ type: 'trigger-failed', jobId: owner.jobId, at: owner.now(), error });
    this.complete();
  }

  complete(): void {
    this.lane.proceed();
    this.owner.triggerEnded();
  }
}
