import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Fire } from '../model/fire.js';
import type { Stopwatch } from '../time/stopwatch.js';
import { isDropped } from './trigger-event.js';
import type { TriggerEvent } from './trigger-event.js';

/** Keeps the fires of a driven trigger, each handed on when it is known what comes next; what was dropped is left out. */
export function fires(stopwatch: Stopwatch): OperatorFunction<TriggerEvent, Fire> {
  return (source) =>
    new Observable((subscriber) => {
      let pending: Fire | null = null;
      const flush = (): void => {
        const fire = pending;
        pending = null;
        if (fire === null) return;
        subscriber.next(fire);
        stopwatch.listener?.runsEnded?.(); // here the subscriber is the run
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
