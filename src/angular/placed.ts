import { Observable, isObservable } from 'rxjs';
import { isAsyncIterable } from '../guards/async-iterable.js';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { Region } from '../model/region.js';

type JobFunction = JobDefinition['job'];

/** The functions that have their place, so that nobody places them again. */
const known: WeakSet<JobFunction> = new WeakSet();
const here: Region = (work) => work();

/**
 * The same job function in its place: the region is entered for each call of it, and for what it returns, each time that is subscribed,
 * pulled or let go. What is no function stays what it is.
 */
export function placed(region: Region, job: JobFunction): JobFunction {
  if (typeof (job as unknown) !== 'function' || known.has(job)) return job;
  const inPlace: JobFunction = (...args) => {
    const result = region(() => job(...args));
    if (isAsyncIterable(result)) return iterableWithin(region, result);
    return isObservable(result) ? relayed(result, region, here) : result;
  };
  known.add(inPlace);
  return inPlace;
}

/** The same Observable, subscribed and let go within one region, and heard within another. */
export function relayed<T>(source: Observable<T>, region: Region, ears: Region): Observable<T> {
  return new Observable((subscriber) => {
    // bound to the subscriber before the source can emit; what its teardown throws reaches whoever ends the subscriber
    const bound$: Observable<T> = new Observable((inner) => {
      subscriber.add(() => {
        region(() => {
          inner.unsubscribe();
        });
      });
      return region(() => source.subscribe(inner));
    });
    bound$.subscribe({
      next: (value) => {
        ears(() => {
          subscriber.next(value);
        });
      },
      error: (error: unknown) => {
        ears(() => {
          subscriber.error(error);
        });
      },
      complete: () => {
        ears(() => {
          subscriber.complete();
        });
      },
    });
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
