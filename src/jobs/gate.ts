import { Observable, from, map } from 'rxjs';
import type { ObservableInput, Subscription } from 'rxjs';
import { isThenable, swallow } from '../errors/swallow.js';
import { contain } from '../operators/contain.js';

/**
 * Follows the gate of a job: calls `change` when it opens or closes. It is closed until its first value, and when it errors or
 * completes it stays as it was. A promise among its values is an error: it would pass for true.
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
  const values$ = contained$.pipe(
    map((value) => {
      if (!isThenable(value)) return value;
      swallow(value, () => undefined);
      throw new TypeError('expected true or false from the gate, got a promise');
    }),
  );
  return values$.subscribe({
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
