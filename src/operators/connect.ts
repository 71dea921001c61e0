import { Observable } from 'rxjs';
import type { Observer, Subscriber } from 'rxjs';
import { contain } from './contain.js';

/**
 * Subscribes a source on behalf of a subscriber, which it is bound to **before** the source can emit: a source that emits
 * without end inside `subscribe` stops when the subscriber is unsubscribed meanwhile. What its teardown throws is reported.
 */
export function connect<T>(
  source: Observable<T>,
  subscriber: Subscriber<never>,
  observer: Observer<T>,
  report: (error: unknown) => void,
): void {
  const bound$: Observable<T> = new Observable((inner) => {
    contain(inner, report);
    subscriber.add(inner);
    return source.subscribe(inner);
  });
  bound$.subscribe(observer);
}
