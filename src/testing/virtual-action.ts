import type { SchedulerAction } from 'rxjs';
import { Subscription } from 'rxjs';
import type { Cancel } from '../time/clock.js';

/** Work that RxJS has scheduled. It may reschedule itself, as an interval does. */
export class VirtualAction<T> extends Subscription implements SchedulerAction<T> {
  private readonly work: (this: SchedulerAction<T>, state?: T) => void;
  private readonly wait: (ms: number, callback: () => void) => Cancel;
  private cancel: Cancel | null = null;

  constructor(work: (this: SchedulerAction<T>, state?: T) => void, wait: (ms: number, callback: () => void) => Cancel) {
    super(() => {
      this.cancel?.();
    });
    this.work = work;
    this.wait = wait;
  }

  schedule(state?: T, delay = 0): Subscription {
    if (this.closed) return this;
    this.cancel?.();
    const cancel = this.wait(delay, () => {
      if (this.cancel === cancel) this.cancel = null;
      this.work(state);
      if (this.cancel === null) this.unsubscribe();
    });
    this.cancel = cancel;
    return this;
  }
}
