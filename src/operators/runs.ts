import type { Observer } from 'rxjs';
import type { Lane } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import { isDropped } from '../triggers/trigger-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';

/** The job whose fires become runs. */
export interface RunsOwner {
  /** A fire came due; it has been admitted. */
  fired(fire: Fire): void;
  /** The timer for the next fire has been set. */
  armed(runAt: number): void;
  /** The trigger that fed `runs` has failed, and will not fire any more. */
  triggerFailed(runs: Runs, error: unknown): void;
  /** The trigger that fed `runs` will not fire any more. The job may have another trigger by now. */
  triggerEnded(runs: Runs): void;
}

/**
 * The end of a job's chain: takes the fires of its trigger to an engine's lane, and tells its job.
 *
 * A fire is admitted when it comes and runs when it is known what comes next; what becomes of it the lane reports.
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
    if (typeof event === 'number') {
      if (!Number.isNaN(event)) owner.armed(event);
      lane.proceed();
    } else if (isDropped(event)) {
      lane.admit(event.fire, event.reason);
      owner.fired(event.fire);
      lane.proceed();
    } else {
      lane.admit(event, null);
      owner.fired(event);
    }
  }

  error(error: unknown): void {
    this.owner.triggerFailed(this, error);
    this.complete();
  }

  complete(): void {
    this.lane.proceed();
    this.owner.triggerEnded(this);
  }
}
