import type { WritableSignal } from '@angular/core';
import { untracked } from '@angular/core';
import type { Observable, Subscription } from 'rxjs';

/** Sets a signal to each value of a stream. The stream must not error: the streams of a scheduler never do. */
export function keepSignal<T>(target: WritableSignal<T>, source$: Observable<T>): Subscription {
  return source$.subscribe({
    next: (value) => {
      untracked(() => {
        target.set(value);
      });
    },
    error: () => undefined,
  });
}
