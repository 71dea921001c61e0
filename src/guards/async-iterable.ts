import { Observable } from 'rxjs';
import { describeValue } from '../errors/describe-value.js';

/** True if the value is consumed as an AsyncIterable. Check this before `isObservable`: a value may be both. */
export function isAsyncIterable(result: unknown): result is AsyncIterable<unknown> {
  return (
    typeof result === 'object' && result !== null && typeof (result as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  );
}

/** Emits the values of an AsyncIterable. Unlike `from` of RxJS, it ends the iterator as soon as you unsubscribe. */
export function fromAsyncIterable<T>(iterable: AsyncIterable<T>): Observable<T> {
  return new Observable((subscriber) => {
    let isOver = false;
    const iterator = iterable[Symbol.asyncIterator]();
    const pull = async (): Promise<void> => {
      while (!subscriber.closed) {
        const result: IteratorResult<T, unknown> = await iterator.next();
        if (typeof (result as unknown) !== 'object')
          throw new TypeError(`next() of an iterator: expected an object, got ${describeValue(result)}`);
        if (result.done === true) {
          isOver = true;
          subscriber.complete();
          return;
        }
        subscriber.next(result.value);
      }
    };
    pull().catch((error: unknown) => {
      isOver = true;
      subscriber.error(error);
    });
    return () => {
      // errors of an iterator that was ended early have no effect
      if (!isOver) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    };
  });
}
