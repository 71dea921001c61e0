import { Observable, Subscriber, isObservable } from 'rxjs';
import type { Observer, OperatorFunction, Subscription, TeardownLogic } from 'rxjs';
import { swallow } from '../errors/swallow.js';
import { contain } from '../operators/contain.js';

type Listener<T> = Partial<Observer<T>> | ((value: T) => void) | null | undefined;

/**
 * An Observable whose listeners may throw or reject: the error is handed to `report`, and the other listeners hear on. What is
 * piped from it is guarded as well.
 *
 * RxJS throws such an error from a timer, which ends a Node process. It still does behind an operator that takes several sources.
 */
export function guarded<T>(subscribe: (subscriber: Subscriber<T>) => TeardownLogic, report: (error: unknown) => void): Observable<T> {
  const plain: Observable<T> = new Observable((subscriber) => {
    contain(subscriber, report);
    return subscribe(subscriber);
  });
  const guard = (listener: () => unknown): void => {
    try {
      swallow(listener(), report);
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
    return isObservable(piped) ? guarded((subscriber) => piped.subscribe(subscriber), report) : piped;
  };
  const result: Observable<T> = new Observable((subscriber) => plain.subscribe(subscriber));
  return Object.assign(result, { subscribe: guardedSubscribe, pipe: pipe as Observable<T>['pipe'] });
}
