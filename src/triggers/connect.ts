import { Observable } from 'rxjs';
import type { Observer, Subscriber } from 'rxjs';

/**
 * Subscribes a source on behalf of a subscriber, which it is bound to **before** the source can emit: a source that emits
 * without end inside `subscribe` stops when the subscriber is unsubscribed meanwhile.
 */
export function connect<T>(source: Observable<T>, subscriber: Subscriber<unknown>, observer: Observer<T>): void {
  const bound$: Observable<T> = new Observable((inner) => {
    subscriber.add(inner);
    return source.subscribe(inner);
  });
  bound$.subscribe(observer);
}
