import { Observable } from 'rxjs';

/** An Observable of what the iterable gives. Other than RxJS's `from` it ends the iterator as soon as it is unsubscribed. */
export function fromAsyncIterable<T>(iterable: AsyncIterable<T>): Observable<T> {
  return new Observable((subscriber) => {
    const iterator = iterable[Symbol.asyncIterator]();
    const pull = async (): Promise<void> => {
      while (!subscriber.closed) {
        const result: IteratorResult<T, unknown> = await iterator.next();
        if (result.done === true) {
          subscriber.complete();
          return;
        }
        subscriber.next(result.value);
      }
    };
    let over = false;
    pull().then(
      () => (over = true),
      (error: unknown) => {
        over = true;
        subscriber.error(error);
      },
    );
    return () => {
      // what the iterator does or throws when it is ended early is of no consequence any more
      if (!over) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    };
  });
}
