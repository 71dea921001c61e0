import { Observable, isObservable, takeUntil } from 'rxjs';
import type { Observer } from 'rxjs';
import type { Region } from '../time/world.js';

type JobFunction = (...args: never[]) => unknown;

/** The functions that have their place, so that nobody places them again. */
const known: WeakSet<JobFunction> = new WeakSet();

/**
 * The same job function in its place: the region is entered for each call of it, and for what it returns, each time that is subscribed,
 * pulled or let go.
 */
export function placed(region: Region, job: JobFunction): JobFunction {
  if (known.has(job)) return job;
  const inPlace: JobFunction = (...args) =>
    consumedWithin(
      region,
      region(() => job(...args)),
    );
  known.add(inPlace);
  return inPlace;
}

function consumedWithin(region: Region, result: unknown): unknown {
  if (isObservable(result)) return observableWithin(region, result);
  if (isAsyncIterable(result)) return iterableWithin(region, result);
  return result;
}

function observableWithin(region: Region, source: Observable<unknown>): Observable<unknown> {
  return new Observable((subscriber) => {
    const left$: Observable<void> = new Observable((notifier) => {
      subscriber.add(() => {
        region(() => {
          notifier.next();
        });
      });
    });
    const observer: Observer<unknown> = {
      next: (value) => {
        subscriber.next(value);
      },
      error: (error) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    };
    // not the subscriber itself, with which the source's teardown would leave the region
    region(() => source.pipe(takeUntil(left$)).subscribe(observer));
  });
}

function iterableWithin(region: Region, source: AsyncIterable<unknown>): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = region(() => source[Symbol.asyncIterator]());
      return {
        next: () => region(() => iterator.next()),
        return: () => region(() => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined })),
      };
    },
  };
}

function isAsyncIterable(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
