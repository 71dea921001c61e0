import { Observable, from } from 'rxjs';
import type { ObservableInput, Subscription } from 'rxjs';
import { contain } from '../operators/contain.js';

/**
 * Follows the gate of a job: `change` is told when it opens or closes. It is closed until its first value, and when it errors or
 * completes it stays as it was.
 *
 * ```text
 * when          ----t---------f----t-----
 * pauseJob               p----------r
 * fires         |----0--1-           -2--3      only while it is open and nobody paused
 * ```
 */
export function followGate(
  when: ObservableInput<boolean>,
  change: (open: boolean) => void,
  ended: (error?: unknown) => void,
): Subscription {
  let last = false;
  const contained$: Observable<unknown> = new Observable((subscriber) => {
    contain(subscriber, ended);
    return from(when).subscribe(subscriber);
  });
  return contained$.subscribe({
    next: (value: unknown) => {
      const open = Boolean(value);
      if (open === last) return;
      last = open;
      change(open);
    },
    error: (error: unknown) => {
      ended(error ?? new Error('without an error'));
    },
    complete: () => {
      ended();
    },
  });
}
