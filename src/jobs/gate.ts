import type { ObservableInput, Subscription } from 'rxjs';
import { defer, from, map } from 'rxjs';
import { bound } from '../guards/bound.js';
import { guardTeardown } from '../guards/guard-teardown.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';

/**
 * Subscribes to the gate of a job and calls `onChange` when it opens or closes. The gate is closed until its first value. After an
 * error or its completion it stays as it is. A promise among its values is an error, since it would pass for true.
 *
 * ```text
 * when          ----t---------f----t-----
 * pauseJob               p----------r
 * fires         |----0--1-           -2--3      only while the gate is open and the job is not paused
 * ```
 *
 * @param onEnd called after completion without an argument, and for every error.
 */
export function followGate(
  when: ObservableInput<boolean>,
  onChange: (open: boolean) => void,
  onEnd: (error?: unknown) => void,
): Subscription {
  let wasOpen = false;
  const values$ = bound<unknown>(
    defer(() => from(when)),
    (subscriber) => {
      guardTeardown(subscriber, onEnd);
    },
  ).pipe(
    map((value) => {
      if (!isThenable(value)) return value;
      ignoreRejection(value);
      throw new TypeError('expected true or false from the gate, got a promise');
    }),
  );
  return values$.subscribe({
    next: (value: unknown) => {
      const isOpen = Boolean(value);
      if (isOpen === wasOpen) return;
      wasOpen = isOpen;
      onChange(isOpen);
    },
    error: (error: unknown) => {
      onEnd(error ?? new Error('without an error'));
    },
    complete: () => {
      onEnd();
    },
  });
}
