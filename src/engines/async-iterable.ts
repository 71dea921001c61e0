import { Observable } from 'rxjs';
import { describeValue } from '../errors/describe-value.js';

/** Whether it is consumed as an AsyncIterable; before it is asked whether it is an Observable. */
export function isAsyncIterable(result: unknown): result is AsyncIterable<unknown> {
  return (
    typeof result === 'object' && result !== null && typeof (result as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  );
}

/** An Observable of what the iterable gives. Other than RxJS's `from` it ends the iterator as soon as it is unsubscribed. */
export function fromAsyncIterable<T>(iterable: AsyncIterable<T>): Observable<T> {
  return new Observable((subscriber) => {
    let over = false;
    const iterator = iterable[Symbol.asyncIterator]();
    const pull = async (): Promise<void> => {
      while (!subscriber.closed) {
        const result: IteratorResult<T, unknown> = await iterator.next();
        if (typeof (result as unknown) !== 'object')
          throw new TypeError(`an iterator's next() gave ${describeValue(result)}, which is no object`);
        if (result.done === true) {
          over = true;
          subscriber.complete();
          return;
        }
        subscriber.next(result.value);
      }
    };
    pull().catch((error: unknown) => {
      over = true;
      subscriber.error(error);
    });
    return () => {
      // what the iterator does or throws when it is ended early is of no consequence any more
      if (!over) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    };
  });
}
