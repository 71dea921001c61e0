import type { OperatorFunction } from 'rxjs';
import { Observable } from 'rxjs';
import type { Fire } from '../model/fire.js';
import type { Stopwatch } from '../time/stopwatch.js';
import type { TriggerEvent } from './trigger-event.js';
import { isDropped } from './trigger-event.js';

/** Emits the fires of a driven trigger, each when the next event has arrived. Ignores dropped fires. */
export function fires(stopwatch: Stopwatch): OperatorFunction<TriggerEvent, Fire> {
  return (source) =>
    new Observable((subscriber) => {
      let pending: Fire | null = null;
      const flush = (): void => {
        const fire = pending;
        pending = null;
        if (fire === null) return;
        subscriber.next(fire);
        stopwatch.listener?.runsEnded?.(); // the subscriber has handled the fire
      };
      return source.subscribe({
        next: (event) => {
          if (typeof event === 'number') flush();
          else if (!isDropped(event)) pending = event;
        },
        error: (error: unknown) => {
          flush();
          subscriber.error(error);
        },
        complete: () => {
          flush();
          subscriber.complete();
        },
      });
    });
}
