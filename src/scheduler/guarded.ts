import { Observable, Subscriber } from 'rxjs';
import type { Observer, Subscription, TeardownLogic } from 'rxjs';
import { contain } from '../operators/contain.js';

type Listener<T> = Partial<Observer<T>> | ((value: T) => void) | null | undefined;

/**
 * An Observable whose listeners may throw: the error is handed to `report`, and the other listeners hear on.
 *
 * RxJS throws such an error from a timer, which ends a Node process. Behind an operator a listener is RxJS's again.
 */
export function guarded<T>(subscribe: (subscriber: Subscriber<T>) => TeardownLogic, report: (error: unknown) => void): Observable<T> {
  const observable: Observable<T> = new Observable((subscriber) => {
    contain(subscriber, report);
    return subscribe(subscriber);
  });
  const plain = (observer: Partial<Observer<T>>): Subscription => observable.subscribe(observer);
  const guard = (listener: () => void): void => {
    try {
      listener();
    } catch (error) {
      report(error);
    }
  };
  return Object.assign(new Observable<T>(plain), {
    subscribe: (listener?: Listener<T>, onError?: ((error: unknown) => void) | null, onComplete?: (() => void) | null): Subscription => {
      if (listener instanceof Subscriber) return plain(listener);
      const observer: Partial<Observer<T>> = typeof listener === 'function' ? { next: listener } : (listener ?? {});
      return plain({
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
    },
  });
}
