import { isObservable, Observable } from 'rxjs';
import { isAsyncIterable } from '../guards/async-iterable.js';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { Region } from '../model/region.js';

type JobFunction = JobDefinition['job'];

/** Functions that already have a region. */
const known: WeakSet<JobFunction> = new WeakSet();
const here: Region = (work) => work();

/**
 * Runs a job function in a region. What it returns also runs there when it is subscribed, pulled or unsubscribed. Returns non-functions
 * unchanged.
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

/** Subscribes to and unsubscribes from an Observable in one region, and emits in another. */
export function relayed<T>(source: Observable<T>, region: Region, outer: Region): Observable<T> {
  return new Observable((subscriber) => {
    // not bound(): the source must be subscribed inside the region. Errors of its teardown reach the code that unsubscribes
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
        outer(() => {
          subscriber.next(value);
        });
      },
      error: (error: unknown) => {
        outer(() => {
          subscriber.error(error);
        });
      },
      complete: () => {
        outer(() => {
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
