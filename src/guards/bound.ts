import type { Subscriber } from 'rxjs';
import { Observable } from 'rxjs';

/**
 * The same Observable, but `bind` gets the subscriber **before** the source can emit. So you can unsubscribe from a source that emits
 * without end inside `subscribe`.
 */
export function bound<T>(source: Observable<T>, bind: (subscriber: Subscriber<T>) => void): Observable<T> {
  return new Observable((subscriber) => {
    bind(subscriber);
    return source.subscribe(subscriber);
  });
}
