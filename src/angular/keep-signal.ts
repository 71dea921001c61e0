import { untracked } from '@angular/core';
import type { WritableSignal } from '@angular/core';
import type { Observable, Subscription } from 'rxjs';

/** Keeps a signal at the last value of a stream that never errors, as none of a scheduler's streams does. */
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
