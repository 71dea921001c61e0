import type { Observer, OperatorFunction, Subscription, TeardownLogic } from 'rxjs';
import { isObservable, Observable, Subscriber } from 'rxjs';
import { guardTeardown } from './guard-teardown.js';
import { catchRejection } from './thenable.js';

type Listener<T> = Partial<Observer<T>> | ((value: T) => void) | null | undefined;

/**
 * Creates an Observable whose listeners may throw or reject. `report` gets the error, and the other listeners get the value. Results
 * of `pipe` are guarded too, except behind an operator that combines several sources.
 *
 * RxJS would throw such an error in a timer, which ends a Node process.
 */
export function guardListeners<T>(
  subscribe: (subscriber: Subscriber<T>) => TeardownLogic,
  report: (error: unknown) => void,
): Observable<T> {
  const plain: Observable<T> = new Observable((subscriber) => {
    guardTeardown(subscriber, report);
    return subscribe(subscriber);
  });
  const guard = (listener: () => unknown): void => {
    try {
      catchRejection(listener(), report);
    } catch (error) {
      report(error);
    }
  };
  const guardedSubscribe = (
    listener?: Listener<T>,
    onError?: ((error: unknown) => void) | null,
    onComplete?: (() => void) | null,
  ): Subscription => {
    if (listener instanceof Subscriber) return plain.subscribe(listener);
    const observer: Partial<Observer<T>> = typeof listener === 'function' ? { next: listener } : (listener ?? {});
    return plain.subscribe({
      next: (value) => {
        guard(() => observer.next?.(value));
      },
      error: (error: unknown) => {
        guard(() => (onError ?? observer.error?.bind(observer))?.(error));
      },
      complete: () => {
        guard(() => (onComplete ?? observer.complete?.bind(observer))?.());
      },
    });
  };
  const pipe = (...operators: OperatorFunction<unknown, unknown>[]): unknown => {
    const piped: unknown = operators.reduce((source: unknown, operator) => operator(source as Observable<unknown>), plain);
    return isObservable(piped) ? guardListeners((subscriber) => piped.subscribe(subscriber), report) : piped;
  };
  const result: Observable<T> = new Observable((subscriber) => plain.subscribe(subscriber));
  return Object.assign(result, { subscribe: guardedSubscribe, pipe: pipe as Observable<T>['pipe'] });
}
